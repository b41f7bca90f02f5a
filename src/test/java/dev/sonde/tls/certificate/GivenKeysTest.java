package dev.sonde.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.lab.ForeignCertificate;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.PemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that others have made, in the forms in which they come.
class GivenKeysTest {

    private final GivenKeys keys = new GivenKeys();

    @TempDir Path directory;
    private ForeignCertificate rsa;
    private ForeignCertificate ec;

    @BeforeEach
    void make() throws IOException {
        rsa = ForeignCertificate.rsa(directory, "rsa");
        ec = ForeignCertificate.ec(directory, "ec");
    }

    @Test
    void keyIsReadWhateverItsForm() throws IOException {
        Map<ForeignCertificate, String> algorithms = Map.of(rsa, "RSA", ec, "EC");
        for (Map.Entry<ForeignCertificate, String> own : algorithms.entrySet()) {
            String old = own.getKey().oldKey();
            assertThat(old).contains("BEGIN " + own.getValue() + " PRIVATE KEY");
            for (PemSource form :
                    List.of(new PemSource.Text(old), new PemSource.InFile(own.getKey().key()))) {
                assertThat(read(own.getKey(), form).key().getAlgorithm()).isEqualTo(own.getValue());
            }
        }
    }

    @Test
    void newKeyCountsWhenTheFilesHaveChanged() throws IOException {
        KeyMaterial before = read(rsa, new PemSource.InFile(rsa.key()));
        Files.copy(ec.key(), rsa.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(ec.certificate(), rsa.certificate(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(read(rsa, new PemSource.InFile(rsa.key())).key()).isNotEqualTo(before.key());
    }

    @Test
    void refusalSaysWhyAndNothingOfTheKey() throws IOException {
        String locked = ec.oldKey("-aes128", "-passout", "pass:secret");
        assertRefused(new PemSource.Text(locked), "a private key with a password");
        assertRefused(new PemSource.InFile(rsa.key()), "is not that of the client's certificate");
        assertRefused(new PemSource.InFile(Path.of("/no/key")), "cannot be read: /no/key");
        assertRefused(new PemSource.Text("hidden"), "no private key in PEM");
        String broken = Files.readString(ec.key()).replaceAll("(?m)^M.*$", "hidden!");
        assertRefused(new PemSource.Text(broken), "cannot be read");
    }

    private void assertRefused(PemSource key, String message) {
        assertThatThrownBy(() -> read(ec, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hidden");
    }

    private KeyMaterial read(ForeignCertificate certificate, PemSource key) {
        return keys.read(
                new ClientIdentity.Given(new PemSource.InFile(certificate.certificate()), key));
    }
}
