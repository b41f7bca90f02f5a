package dev.sonde.lab;

import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A listener on loopback whose connections are served one after the other, as a test says, with
/// blocking sockets.
public final class TalkingPeer implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /// What it does with a connection, which is closed afterwards.
    public interface Talk {
        void with(Socket client) throws IOException;
    }

    private final ServerSocket listener;

    private TalkingPeer(ServerSocket listener, Talk talk) {
        this.listener = listener;
        OwnThread.OF_EACH.execute(() -> serve(talk));
    }

    public static TalkingPeer start(Talk talk) throws IOException {
        return new TalkingPeer(new ServerSocket(0, 50, LOOPBACK), talk);
    }

    private void serve(Talk talk) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                client.setTcpNoDelay(true);
                talk.with(client);
            } catch (IOException _) {
                // The client left, or the listener was closed: a test sees it in what it asks for.
            }
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, listener.getLocalPort());
    }

    public String target() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    public static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a line without its end; empty at the end of the stream.
    public static String hear(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = client.getInputStream().read();
                c >= 0 && c != '\n';
                c = client.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /// The connection as a TLS server's.
    public static SSLSocket secured(Socket client, KeyMaterial keys) throws IOException {
        try {
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", keys.key(), none, keys.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            SSLSocket secured =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(client, client.getInputStream(), false);
            secured.setUseClientMode(false);
            secured.startHandshake();
            return secured;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
