package dev.sonde.bench;

import dev.sonde.lab.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Debian's blackbox_exporter on loopback, with the module `tcp_connect`.
final class BlackboxProcess implements AutoCloseable {

    static final String COMMAND = "prometheus-blackbox-exporter";

    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Child child;
    private final int port;

    /// @param directory for its file of modules
    BlackboxProcess(Path directory) throws IOException, InterruptedException {
        Path modules = directory.resolve("blackbox.yaml");
        Files.writeString(modules, "modules: {tcp_connect: {prober: tcp, timeout: 5s}}\n");
        port = Endpoints.freePort();
        child =
                new Child(
                        List.of(
                                COMMAND,
                                "--config.file=" + modules,
                                "--log.level=error",
                                "--web.listen-address=127.0.0.1:" + port));
        child.ignoreOutput();
        try {
            awaitListening();
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    private void awaitListening() throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        while (System.nanoTime() - startedNanos < LONGEST_START.toNanos() && child.isRunning()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                return;
            } catch (IOException _) {
                // Not yet listening.
            }
            // Another program, which tells nobody that it listens.
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IOException(COMMAND + " did not start");
    }

    @Override
    public void close() {
        child.close();
    }
}
