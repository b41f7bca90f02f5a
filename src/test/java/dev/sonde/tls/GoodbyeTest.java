package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.eventloop.TurnChannel;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The last record of a connection whose turn has lasted too long.
class GoodbyeTest {

    private static final int PLAIN = 1_000;

    @TempDir private Path directory;
    private final AtomicLong nanos = new AtomicLong();

    /// A machine that stalls within a turn uses up the turn's time.
    @Test
    void closeNotifyLeavesWhenTheTurnsTimeIsUsedUp() throws IOException {
        TurnBudget budget = new TurnBudget(nanos::get);
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open()
                                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel socket = SocketChannel.open(listener.getLocalAddress());
                SocketChannel peer = listener.accept();
                TlsClients clients =
                        new TlsClients(new CertificateAuthority(directory, Clock.systemUTC()), 1)) {
            socket.configureBlocking(false);
            TlsClientConnection connection =
                    clients.connect(
                            new TurnChannel(socket, budget), budget, settings(), "localhost", 443);
            assertThat(connection.handshake()).isEqualTo(TlsConnection.Want.READ);
            ByteBuffer into = ByteBuffer.allocate(PLAIN);
            assertThat(peer.read(into)).isPositive();

            nanos.addAndGet(1_000_000_000L);
            assertThat(budget.isWriteOver()).isTrue();
            connection.sayGoodbye();
            assertThat(budget.isWriteOver()).isTrue();

            peer.configureBlocking(false);
            assertThat(peer.read(into.clear())).isPositive();
        }
    }

    private static TlsSettings settings() {
        return new TlsSettings("localhost", List.of(), null, null, new TlsTrust.Insecure(), null);
    }
}
