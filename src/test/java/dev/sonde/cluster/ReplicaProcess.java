package dev.sonde.cluster;

import dev.sonde.lab.Endpoints;
import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service in a process of its own, one of several replicas.
final class ReplicaProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final int port;

    /// Starts it; it takes seconds until it answers.
    ///
    /// @param java options of the JVM, beside the usual ones
    /// @param log where what it prints goes
    /// @param arguments what it has in common with the others, and its name
    ReplicaProcess(Path data, List<String> java, Path log, List<String> arguments)
            throws IOException {
        port = Endpoints.freePort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Jdk.program("java"),
                                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC"));
        command.addAll(java);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sonde.SondeApplication",
                        "--server.port=" + port,
                        "--sonde.data-dir=" + data));
        command.addAll(arguments);
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    /// Whom it sees; empty while it does not answer.
    Optional<ClusterStatus> status() {
        String text = get("/actuator/health/cluster");
        return text.isEmpty() ? Optional.empty() : Optional.of(status(JSON.readTree(text)));
    }

    private static ClusterStatus status(JsonNode health) {
        JsonNode details = health.path("details");
        return new ClusterStatus(
                details.path("members").valueStream().map(JsonNode::asString).toList(),
                details.path("partitionsOwned").asInt(),
                details.path("takeovers").asLong());
    }

    /// What it answers; empty where it does not.
    private String get(String path) {
        try {
            return HTTP.send(request(path).build(), BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    /// The port of its API.
    int port() {
        return port;
    }

    /// The CPU time that its threads have used.
    ThreadTimes cpu() throws IOException {
        return ThreadTimes.of(process.pid());
    }

    /// A number that the store's health shows; infinite while the replica does not answer. Metrics
    /// would name each probe.
    double store(String detail) {
        String text = get("/actuator/health/store");
        return text.isEmpty()
                ? Double.POSITIVE_INFINITY
                : JSON.readTree(text)
                        .path("details")
                        .path(detail)
                        .asDouble(Double.POSITIVE_INFINITY);
    }

    void awaitEnd() throws InterruptedException {
        var _ = process.waitFor();
    }

    /// Sends a signal, such as `STOP`.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// Ends it, if it has not ended yet.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
