package dev.sonde.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The authority and its folder.
class CertificateAuthorityTest {

    @TempDir Path directory;
    private CertificateAuthority authority;

    @BeforeEach
    void open() {
        authority = new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
    }

    @Test
    void certificateIsVouchedForWhenItIsIssued() throws Exception {
        IssuedCertificate issued = server("server-a", "db.example", "127.0.0.1", "::1").issued();
        X509Certificate certificate = issued.certificate();
        certificate.verify(authority.certificate().getPublicKey());
        certificate.checkValidity();
        assertThat(issued.hosts()).containsExactly("db.example", "127.0.0.1", "::1");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=server-a");
        assertThat(certificate.getIssuerX500Principal())
                .isEqualTo(authority.certificate().getSubjectX500Principal());
    }

    @Test
    void everythingIsStillThereWhenTheServiceStartsAgain() {
        KeyMaterial keys = server("server-a", "db.example").keys();
        CertificateAuthority again =
                new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        assertThat(again.certificate()).isEqualTo(authority.certificate());
        assertThat(again.list("", 10)).extracting(IssuedCertificate::name).containsOnly("server-a");
        assertThat(again.keys("server-a")).contains(keys);
    }

    @Test
    void nothingIsReadableByOthersWhenItIsWritten() throws IOException {
        server("server-a", "db.example");
        try (Stream<Path> files = Files.walk(directory.resolve("authority"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void nameIsFreeAgainWhenItsCertificateWasDeleted() {
        server("server-a", "db.example");
        assertThat(authority.issue(spec("server-a", "other.example"))).isEmpty();
        assertThat(authority.delete("server-a")).isTrue();
        assertThat(authority.delete("server-a")).isFalse();
        assertThat(authority.keys("server-a")).isEmpty();
        assertThat(authority.issue(spec("server-a", "other.example"))).isPresent();
    }

    @Test
    void keyIsNotToldWhenMaterialIsPrinted() {
        KeyMaterial keys = server("server-a", "db.example").keys();
        assertThat(keys.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(keys.toString()).isEqualTo("KeyMaterial[CN=server-a]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "127.1", "http://x", "*.127.0.0.1", "a.*.b"})
    void hostIsRefusedWhenItIsNeitherNameNorAddress(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> spec("server-a", host));
    }

    @Test
    void specificationIsRefusedWhenItCannotBeMet() {
        assertThatIllegalArgumentException().isThrownBy(() -> spec("ca", "db.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> spec("../x", "db.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> spec("server-a"));
    }

    private CertificateAuthority.Issuance server(String name, String... hosts) {
        return authority.issue(spec(name, hosts)).orElseThrow();
    }

    private static CertificateSpec spec(String name, String... hosts) {
        return new CertificateSpec(
                name, CertificateKind.SERVER, List.of(hosts), Duration.ofHours(24));
    }
}
