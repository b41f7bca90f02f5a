package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.form.InvalidFields;
import dev.sonde.form.TlsForm;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.Pem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How much a bundle of trusted certificates may hold, and what.
@SuppressWarnings("NullAway") // a null fails the test
class TrustBundleTest {

    private static final int MOST = 65_536;

    @TempDir Path directory;
    private final InvalidFields invalid = new InvalidFields();
    private String pem;

    @BeforeEach
    void issue() {
        pem = Pem.of(List.of(new CertificateAuthority(directory, Clock.systemUTC()).certificate()));
    }

    @Test
    void bundleIsTakenWhenItIsAsLongAsMayBe() {
        assertThat(read(pem + "\n".repeat(MOST - pem.length()))).isNotNull();
        assertThatCode(invalid::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void bundleIsRefusedWhenItIsLonger() {
        read(pem + "\n".repeat(MOST - pem.length() + 1));
        assertThatThrownBy(invalid::throwIfAny).isInstanceOf(RuntimeException.class);
    }

    @Test
    void bundleIsRefusedWhenItHoldsControlCharacters() {
        read(pem + "\u0001");
        assertThatThrownBy(invalid::throwIfAny).isInstanceOf(RuntimeException.class);
    }

    private StepSettings read(String trust) {
        return new TlsForm(null, null, null, null, trust, null).toSettings("tls", invalid);
    }
}
