package dev.sonde.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.lab.OwnThread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is let in to the port between replicas, and what a replica that hangs costs the others.
class MemberSocketTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir private static Path directory;

    private static MemberKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = MemberKeys.make(directory.resolve("members.p12"));
    }

    @Test
    void memberIsLetInWhenItShowsTheCertificateThatAllTrust() throws Exception {
        assertThat(isLetIn(keys.context(), sockets(keys.context()))).isTrue();
    }

    @Test
    void strangerIsTurnedAwayWhenItsCertificateIsAnother() throws Exception {
        MemberKeys other = MemberKeys.make(directory.resolve("other.p12"));
        assertThat(isLetIn(keys.context(), sockets(other.context()))).isFalse();
    }

    @Test
    void strangerIsTurnedAwayWhenItShowsNoCertificate() throws Exception {
        assertThat(isLetIn(keys.context(), sockets(keys.contextOfNobody()))).isFalse();
    }

    @Test
    void strangerIsTurnedAwayWhenItSpeaksNoTls() throws Exception {
        assertThat(isLetIn(keys.context(), sockets(null))).isFalse();
    }

    @Test
    void memberIsLetInWhileAStrangerThatCameFirstSaysNothing() throws Exception {
        try (ServerSocket port = port(sockets(keys.context()));
                Socket silent = new Socket(LOOPBACK, port.getLocalPort())) {
            assertThat(isLetIn(port, sockets(keys.context()))).isTrue();
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void handshakeEndsWhenThePeerHangs() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 1, LOOPBACK);
                Socket socket = sockets(keys.context()).createSocket("members")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> socket.connect(hanging.getLocalSocketAddress()));
        }
    }

    @Test
    void writeEndsWhenThePeerHangs() throws Exception {
        byte[] much = new byte[1 << 16];
        try (ServerSocket port = port(sockets(keys.context()));
                Socket socket = sockets(keys.context()).createSocket("members")) {
            CompletableFuture<Socket> hanging =
                    CompletableFuture.supplyAsync(() -> accept(port), OwnThread.OF_EACH);
            socket.connect(port.getLocalSocketAddress());
            OutputStream out = socket.getOutputStream();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () -> {
                                while (true) {
                                    out.write(much);
                                }
                            });
            hanging.join().close();
        }
    }

    @Test
    void renewedCertificateCountsForTheNextConnection() throws Exception {
        AtomicReference<SSLContext> current = new AtomicReference<>(keys.context());
        MemberKeys renewed = MemberKeys.make(directory.resolve("renewed.p12"));
        try (ServerSocket port = port(new MemberSockets(current::get, LIMIT))) {
            assertThat(isLetIn(port, sockets(renewed.context()))).isFalse();
            current.set(renewed.context());
            assertThat(isLetIn(port, sockets(renewed.context()))).isTrue();
            assertThat(isLetIn(port, sockets(keys.context()))).isFalse();
        }
    }

    private static boolean isLetIn(SSLContext server, SocketFactory client) throws IOException {
        try (ServerSocket port = port(sockets(server))) {
            return isLetIn(port, client);
        }
    }

    /// Whether it is answered what it said.
    private static boolean isLetIn(ServerSocket port, SocketFactory client) {
        try (Socket socket = client.createSocket("members")) {
            var _ = CompletableFuture.runAsync(() -> answer(port), OwnThread.OF_EACH);
            socket.connect(port.getLocalSocketAddress());
            socket.getOutputStream().write('!');
            return socket.getInputStream().read() == '!';
        } catch (IOException _) {
            return false;
        }
    }

    /// What comes first goes back.
    private static void answer(ServerSocket port) {
        try (Socket accepted = accept(port)) {
            accepted.getOutputStream().write(accepted.getInputStream().read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket accept(ServerSocket port) {
        try {
            return port.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket port(SocketFactory sockets) throws IOException {
        ServerSocket port = sockets.createServerSocket("members");
        port.bind(new InetSocketAddress(LOOPBACK, 0));
        return port;
    }

    private static SocketFactory sockets(@Nullable SSLContext tls) {
        return new MemberSockets(tls == null ? null : () -> tls, LIMIT);
    }
}
