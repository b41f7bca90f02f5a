package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task of the handshake that ends in an exception.
class FailedTaskTest {

    @TempDir private Path directory;

    @Test
    void theHandshakeFailsWithTheFaultOfThePeer() throws IOException {
        TlsSettings settings =
                new TlsSettings("localhost", List.of(), null, null, new TlsTrust.Insecure(), null);
        CertificateAuthority authority = new CertificateAuthority(directory, Clock.systemUTC());
        try (TlsClients clients = new TlsClients(authority, 1);
                SocketChannel socket = SocketChannel.open()) {
            TlsClientConnection connection =
                    clients.connect(socket, TurnBudget.endless(), settings, "localhost", 443);
            connection.taskFailed(new IllegalStateException("of the library"));
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(connection::handshake)
                    .withMessage("nothing can be made of what the peer sent")
                    .satisfies(
                            e ->
                                    assertThat(connection.fault(e).toString())
                                            .doesNotContain("IllegalStateException", "library"));
        }
    }
}
