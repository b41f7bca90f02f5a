package dev.sonde.chart;

import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Endpoints;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real Prometheus, a process of its own, that scrapes every second.
final class Prometheus implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /// One that scrapes the metrics of one Sonde.
    Prometheus(Path directory, int target) throws IOException {
        this(
                directory,
                """
                scrape_configs:
                  - job_name: sonde
                    metrics_path: /actuator/prometheus
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """
                        .formatted(target));
    }

    /// @param jobs YAML, from `scrape_configs` on
    Prometheus(Path directory, String jobs) throws IOException {
        Path config = directory.resolve("prometheus.yaml");
        Files.writeString(
                config, "global: {scrape_interval: 1s, evaluation_interval: 1s}\n" + jobs);
        this.port = Endpoints.freePort();
        this.process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + directory.resolve("series"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> get("/-/ready").statusCode() == 200);
    }

    /// The vector that an expression has now.
    ///
    /// @throws IllegalArgumentException where Prometheus cannot evaluate it
    JsonNode vector(String expression) throws IOException, InterruptedException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonNode answer = JSON.readTree(get("/api/v1/query?query=" + query).body());
        if (!answer.path("status").asString().equals("success")) {
            throw new IllegalArgumentException(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        client.close();
    }
}
