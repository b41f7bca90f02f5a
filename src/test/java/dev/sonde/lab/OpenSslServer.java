package dev.sonde.lab;

import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `openssl s_server` on loopback: a TLS peer of another make. Where there is none the test is
/// skipped.
public final class OpenSslServer implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int TRIES = 200;
    private static final int PAUSE_MILLIS = 50;

    private final Process process;
    private final int port;

    private OpenSslServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts one and waits until it listens.
    ///
    /// @param directory for its files
    /// @param options beyond its certificate, as `openssl-s_server(1)` has them
    public static OpenSslServer start(Path directory, KeyMaterial keys, String... options)
            throws IOException {
        LabRequirement.command("openssl");
        Path key = Files.writeString(directory.resolve("server.key"), keys.keyPem());
        Path chain = Files.writeString(directory.resolve("server.pem"), Pem.of(keys.chain()));
        int port = Endpoints.freePort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:" + port,
                                "-cert",
                                chain.toString(),
                                "-cert_chain",
                                chain.toString(),
                                "-key",
                                key.toString(),
                                "-quiet"));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("server.log").toFile())
                        .start();
        OpenSslServer server = new OpenSslServer(process, port);
        server.awaitListening(directory);
        return server;
    }

    public int port() {
        return port;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, port);
    }

    private void awaitListening(Path directory) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(address());
                return;
            } catch (IOException e) {
                if (!process.isAlive() || i == TRIES - 1) {
                    throw new IOException(Files.readString(directory.resolve("server.log")), e);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            boolean _ = process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
