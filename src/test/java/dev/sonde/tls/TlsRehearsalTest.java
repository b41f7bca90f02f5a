package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.tls.certificate.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The handshake that nobody asked for.
class TlsRehearsalTest {

    @TempDir Path directory;

    @Test
    void handshakeEndsAndNoAuthorityComesIntoBeingWhenItIsRehearsed() throws Exception {
        Path authority = directory.resolve("authority");
        Clock clock = Clock.systemUTC();
        try (TlsClients clients = new TlsClients(new CertificateAuthority(authority, clock), 1)) {
            assertThat(new TlsRehearsal(clients, clock).shakeHands()).isTrue();
        }
        assertThat(Files.exists(authority)).isFalse();
    }
}
