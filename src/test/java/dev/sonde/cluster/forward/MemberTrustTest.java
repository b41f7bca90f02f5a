package dev.sonde.cluster.forward;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.cluster.member.MemberKeys;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The certificates that a replica accepts from another one.
class MemberTrustTest {

    private static final String TYPE = "UNKNOWN";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sonde-members", "SONDE-members"})
    void certificateWithTheNameIsAccepted(String name) throws Exception {
        MemberKeys keys = MemberKeys.make(directory.resolve("a.p12"), name);
        X509Certificate[] chain = {keys.certificate()};
        assertThatCode(() -> trust(keys).checkClientTrusted(chain, TYPE))
                .doesNotThrowAnyException();
        assertThatCode(() -> trust(keys).checkServerTrusted(chain, "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sonde", "a.sonde-members", "sonde-members.example.org"})
    void certificateOfTheRightAuthorityWithoutTheNameIsRefused(String name) throws Exception {
        MemberKeys keys = MemberKeys.make(directory.resolve("a.p12"), name);
        X509Certificate[] chain = {keys.certificate()};
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> trust(keys).checkClientTrusted(chain, TYPE))
                .withMessageContaining("no alternative name sonde-members");
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> trust(keys).checkServerTrusted(chain, "ECDHE_ECDSA"))
                .withMessageContaining("no alternative name sonde-members");
    }

    @Test
    void certificateWithTheNameOfAnotherAuthorityIsRefused() throws Exception {
        MemberKeys keys = MemberKeys.make(directory.resolve("a.p12"));
        X509Certificate[] chain = {MemberKeys.make(directory.resolve("b.p12")).certificate()};
        assertThatExceptionOfType(CertificateException.class)
                .isThrownBy(() -> trust(keys).checkClientTrusted(chain, TYPE));
    }

    private static MemberTrust trust(MemberKeys keys) throws Exception {
        return new MemberTrust(
                (X509TrustManager) keys.trust().getTrustManagers()[0], "sonde-members");
    }
}
