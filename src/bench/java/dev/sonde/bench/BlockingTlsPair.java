package dev.sonde.bench;

import dev.sonde.lab.TlsContexts;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// The JDK's blocking sockets at both ends, a thread for each.
final class BlockingTlsPair extends TlsPair {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BACKLOG = 1_000;

    private final SSLServerSocket server;
    private final SSLContext client;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("blocking-", 0).factory());

    BlockingTlsPair(String label, KeyMaterial keys, X509Certificate authority) throws IOException {
        super(label);
        try {
            server =
                    (SSLServerSocket)
                            TlsContexts.of(keys, authority)
                                    .getServerSocketFactory()
                                    .createServerSocket(0, BACKLOG, LOOPBACK);
            client = TlsContexts.of(null, authority);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                SSLSocket accepted = (SSLSocket) server.accept();
                threads.execute(() -> serve(accepted));
            } catch (IOException _) {
                // The server is closed, or the client was gone before it could be looked at.
            }
        }
    }

    /// Shakes hands, then reads until the client has taken its leave.
    private static void serve(SSLSocket accepted) {
        try (accepted) {
            accepted.setTcpNoDelay(true);
            while (accepted.getInputStream().read() >= 0) {
                // What a client sends is dropped.
            }
        } catch (IOException _) {
            // The client's side counts the failure.
        }
    }

    @Override
    void start(int turns, AtomicLong failed, CountDownLatch ended) {
        threads.execute(
                () -> {
                    for (int i = 0; i < turns; i++) {
                        if (!shake()) {
                            failed.incrementAndGet();
                        }
                    }
                    ended.countDown();
                });
    }

    private boolean shake() {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
            socket.setTcpNoDelay(true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            // Or the next one would be a shorter one.
            socket.getSession().invalidate();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        threads.shutdownNow();
    }
}
