package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every expression of the dashboard and of the alerts, evaluated by a real Prometheus that scrapes
/// a running Sonde.
class DashboardTest {

    private static final String SETTINGS =
            "\"interval\": \"200ms\", \"rise\": 1, \"fall\": 1, \"settings\": {\"timeout\": \"100ms\", \"close\": \"rst\"}";

    @TempDir private Path directory;

    @Test
    void everyExpressionHasValuesWhenSondeIsScraped() throws Exception {
        Tool.require("prometheus");
        try (ConfigurableApplicationContext service = Starter.start(directory.resolve("data"))) {
            int port = Starter.port(service);
            giveItWork(port);
            try (Prometheus prometheus = new Prometheus(directory, port)) {
                for (String expression : dashboard()) {
                    await(expression)
                            .atMost(Duration.ofSeconds(40))
                            .untilAsserted(
                                    () ->
                                            assertThat(prometheus.vector(expression))
                                                    .as(expression)
                                                    .isNotEmpty());
                }
                for (String expression : alerts()) {
                    assertThat(prometheus.vector(expression).isArray()).isTrue();
                }
            }
        }
    }

    private static void giveItWork(int port) throws IOException, InterruptedException {
        put(port, "probes/up", "{\"target\": \"127.0.0.1:%d\", %s}".formatted(port, SETTINGS));
        put(port, "probes/down", "{\"target\": \"127.0.0.1:1\", %s}".formatted(SETTINGS));
        put(
                port,
                "listeners/echo",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
    }

    private static void put(int port, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    private static List<String> dashboard() throws IOException {
        Path file = Chart.FOLDER.resolve("dashboards", "sonde.json");
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : new JsonMapper().readTree(Files.readString(file)).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(
                        target.path("expr")
                                .asString()
                                .replace("$__rate_interval", "20s")
                                .replace("$job", ".*"));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(20);
        return expressions;
    }

    private static List<String> alerts() throws IOException {
        Path file = Chart.FOLDER.resolve("rules", "sonde.yaml");
        Map<String, List<Map<String, List<Map<String, String>>>>> rules =
                new Yaml().load(Files.readString(file));
        return rules.get("groups").getFirst().get("rules").stream()
                .map(rule -> rule.get("expr"))
                .toList();
    }
}
