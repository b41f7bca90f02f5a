package dev.sonde.blackbox;

import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Endpoints;
import dev.sonde.lab.LabRequirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A real blackbox_exporter on loopback. Where none is installed the test is skipped.
final class Exporter implements AutoCloseable {

    private static final String COMMAND = "prometheus-blackbox-exporter";

    final int port;
    private final Process process;

    private Exporter(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static Exporter start(Path modules) throws IOException {
        LabRequirement.command(COMMAND);
        int port = Endpoints.freePort();
        List<String> command =
                List.of(
                        COMMAND,
                        "--config.file=" + modules,
                        "--web.listen-address=127.0.0.1:" + port);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Exporter exporter = new Exporter(port, process);
        try (ScrapeCalls calls = new ScrapeCalls(port)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> isHealthy(calls, process));
        }
        return exporter;
    }

    private static boolean isHealthy(ScrapeCalls calls, Process process) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the exporter ended with " + process.exitValue());
        }
        try {
            return calls.get("/-/healthy").statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false; // not listening yet
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
