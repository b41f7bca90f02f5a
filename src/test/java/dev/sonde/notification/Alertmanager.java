package dev.sonde.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real Alertmanager on a port of its own, which sends each change of an alert to a webhook.
/// It would end an alert without an end after one second.
final class Alertmanager implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param directory holds its configuration, data and log
    Alertmanager(Path directory, Hook webhook) throws IOException {
        String address = "127.0.0.1:" + Endpoints.freePort();
        url = "http://" + address;
        Path config = directory.resolve("alertmanager.yaml");
        Files.writeString(
                config,
                """
                global: {resolve_timeout: 1s}
                route:
                  receiver: hook
                  group_by: ["..."]
                  group_wait: 100ms
                  group_interval: 200ms
                  repeat_interval: 24h
                receivers: [{name: hook, webhook_configs: [{url: "%s"}]}]
                """
                        .formatted(webhook.url()));
        process =
                new ProcessBuilder(
                                "prometheus-alertmanager",
                                "--config.file=" + config,
                                "--storage.path=" + directory.resolve("alerts"),
                                "--web.listen-address=" + address,
                                "--cluster.listen-address=")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("alertmanager.log").toFile())
                        .start();
    }

    String url() {
        return url;
    }

    boolean isReady() throws InterruptedException {
        assertThat(process.isAlive()).isTrue();
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// The alerts that have not ended.
    JsonNode alerts() throws IOException, InterruptedException {
        return JSON.readTree(get("/api/v2/alerts").body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
