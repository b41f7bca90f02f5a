package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jgroups.protocols.TCP;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// Who is let in to the port between replicas.
class MemberStackTest {

    @TempDir private static Path directory;

    private static MemberKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = MemberKeys.make(directory.resolve("members.p12"));
    }

    @Test
    void memberIsLetInWhenItShowsTheCertificateThatAllTrust() throws Exception {
        assertThat(greeting(context(keys), sockets(context(keys)))).isEqualTo('!');
    }

    @Test
    void strangerIsTurnedAwayWhenItsCertificateIsAnother() throws Exception {
        MemberKeys other = MemberKeys.make(directory.resolve("other.p12"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> greeting(context(keys), sockets(context(other))));
    }

    @Test
    void strangerIsTurnedAwayWhenItShowsNoCertificate() throws Exception {
        SSLContext anonymous = SSLContext.getInstance("TLS");
        anonymous.init(null, trust(keys).getTrustManagers(), null);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> greeting(context(keys), sockets(anonymous)));
    }

    @Test
    void strangerIsTurnedAwayWhenItSpeaksNoTls() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> greeting(context(keys), sockets(null)));
    }

    /// What the server gets to read of a client's first byte.
    private static int greeting(SSLContext server, SocketFactory client) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket port = sockets(server).createServerSocket("members", 0, 1, loopback)) {
            var _ =
                    CompletableFuture.runAsync(
                            () -> {
                                try (Socket socket =
                                        client.createSocket(
                                                "members", loopback, port.getLocalPort())) {
                                    socket.getOutputStream().write('!');
                                    socket.getInputStream().readAllBytes();
                                } catch (IOException _) {
                                    // Turned away: the server's side says so as well.
                                }
                            });
            try (Socket accepted = port.accept()) {
                // Who speaks no TLS never finishes what it began.
                accepted.setSoTimeout(1_000);
                return accepted.getInputStream().read();
            }
        }
    }

    private static SocketFactory sockets(@Nullable SSLContext tls) {
        Duration second = Duration.ofSeconds(1);
        ClusterProperties properties =
                new ClusterProperties(true, "127.0.0.1", 0, null, false, null, second, second);
        try {
            return ((TCP)
                            new MemberStack(properties, new PGSimpleDataSource())
                                    .protocols(tls)
                                    .getFirst())
                    .getSocketFactory();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(MemberKeys keys)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(keys), MemberKeys.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust(keys).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(MemberKeys keys)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(keys));
        return trust;
    }

    private static KeyStore store(MemberKeys keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys.file())) {
            store.load(file, MemberKeys.PASSWORD.toCharArray());
        }
        return store;
    }
}
