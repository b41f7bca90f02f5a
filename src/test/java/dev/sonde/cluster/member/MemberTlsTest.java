package dev.sonde.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// The certificate of a replica, while somebody renews it.
class MemberTlsTest {

    @TempDir private Path directory;

    @Test
    void renewedCertificateCountsWhenItsFileChanges() throws Exception {
        MemberKeys keys = MemberKeys.make(directory.resolve("members.p12"));
        runner(keys)
                .run(
                        context -> {
                            MemberTls tls =
                                    new MemberTls(context.getBean(SslBundles.class), "members");
                            SSLContext before = tls.get();
                            MemberKeys.make(keys.file());
                            await().atMost(Duration.ofSeconds(30))
                                    .untilAsserted(() -> assertThat(tls.get()).isNotSameAs(before));
                        });
    }

    private static ApplicationContextRunner runner(MemberKeys keys) {
        List<String> properties =
                keys.arguments().stream().map(argument -> argument.substring(2)).toList();
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withPropertyValues(properties.toArray(String[]::new))
                .withPropertyValues(
                        "spring.ssl.bundle.jks.members.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=50ms");
    }
}
