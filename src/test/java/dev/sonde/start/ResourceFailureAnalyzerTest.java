package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.KeyStoreException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.yaml.snakeyaml.error.YAMLException;

class ResourceFailureAnalyzerTest {

    private final ResourceFailureAnalyzer analyzer = new ResourceFailureAnalyzer();

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(
                        new UncheckedIOException(new AccessDeniedException("/data/x")),
                        "/data/x: permission denied"),
                Arguments.of(
                        new IllegalStateException("bundle a", new NoSuchFileException("/no.pem")),
                        "bundle a: /no.pem: no such file exists"),
                Arguments.of(new SQLException("refused"), "refused"),
                Arguments.of(new YAMLException("line 2"), "line 2"),
                Arguments.of(new KeyStoreException("no key"), "no key"),
                Arguments.of(new NoSuchSslBundleException("a", "no bundle a"), "no bundle a"),
                Arguments.of(new IllegalArgumentException("port 99999"), "port 99999"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void causeOutsideTheProgramIsDescribedWithAnAction(Throwable cause, String description) {
        var analysis = analyzer.analyze(new BeanCreationException("bean x", cause));
        assertThat(Objects.requireNonNull(analysis).getDescription()).isEqualTo(description);
        assertThat(analysis.getAction()).isNotBlank();
    }

    /// As in the image, whose Java has no module for PKCS #11; a plain JDK has no such provider
    /// without a file of settings.
    @Test
    void storeOfATypeWithoutProviderIsDescribedWithTheTypesThereAre() {
        var bundle =
                new JksSslStoreBundle(new JksSslStoreDetails("PKCS11", null, null, "pin"), null);
        var failure = catchThrowable(bundle::getKeyStore);
        var analysis =
                Objects.requireNonNull(analyzer.analyze(new BeanCreationException("x", failure)));
        assertThat(analysis.getDescription()).contains("PKCS11 not found");
        assertThat(analysis.getAction()).contains("PKCS12", "the image has none");
    }

    @Test
    void faultOfTheProgramKeepsItsTrace() {
        assertThat(analyzer.analyze(new BeanCreationException("x", new NullPointerException())))
                .isNull();
    }
}
