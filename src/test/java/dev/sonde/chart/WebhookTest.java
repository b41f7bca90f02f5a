package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sonde.Starter;
import dev.sonde.lab.Endpoints;
import dev.sonde.lab.LabRequirement;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From a probe to a webhook, through a real Prometheus with the chart's alerts and a real
/// Alertmanager. It takes the minute that `SondeProbeDown` waits.
class WebhookTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path directory;

    /// The alerts that came, by probe and name.
    private final Map<String, JsonNode> received = new ConcurrentHashMap<>();

    @BeforeEach
    void requirePrograms() {
        LabRequirement.check(
                Boolean.getBoolean("test.prometheus"),
                "-Dtest.prometheus=true waits for alerts at a webhook");
        Tool.require("prometheus");
        Tool.require("prometheus-alertmanager");
    }

    @Test
    void alertReachesTheWebhookWithTeamReasonAndLinkWithinTwoMinutes() throws Exception {
        HttpServer webhook = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
        webhook.createContext("/", this::receive);
        webhook.start();
        int alertmanager = Endpoints.freePort();
        Process process = alertmanager(alertmanager, webhook.getAddress().getPort());
        try (ConfigurableApplicationContext service = Starter.start(directory.resolve("data"))) {
            int port = Starter.port(service);
            try (Prometheus _ = prometheus(port, alertmanager)) {
                new Estate(port).define();
                await().atMost(TWO_MINUTES)
                        .until(
                                () ->
                                        received.keySet()
                                                .containsAll(
                                                        List.of(
                                                                "refused SondeProbeDown",
                                                                "ended SondeProbeDown",
                                                                "denied SondeProbeNotProbed")));
            }
            requireReason("refused SondeProbeDown", "refused");
            requireReason("ended SondeProbeDown", "tls_expired");
            requireReason("denied SondeProbeNotProbed", "denied_by_policy");
        } finally {
            process.destroy();
            process.onExit().join();
            webhook.stop(0);
        }
    }

    private void requireReason(String key, String reason) throws Exception {
        JsonNode alert = received.get(key);
        assertThat(alert.at("/labels/team").asString()).isEqualTo("net");
        assertThat(alert.at("/annotations/reason").asString()).isEqualTo(reason);
        URI link = URI.create(alert.at("/annotations/page_url").asString());
        assertThat(link.getFragment()).startsWith("/probe/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(link).header("Accept", "text/html").build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
            for (JsonNode alert : message.path("alerts")) {
                String probe = alert.at("/labels/probe").asString();
                received.put(probe + " " + alert.at("/labels/alertname").asString(), alert);
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private Process alertmanager(int port, int webhook) throws IOException {
        Path config = directory.resolve("alertmanager.yaml");
        Files.writeString(
                config,
                """
                route: {receiver: hook, group_by: ["..."], group_wait: 1s, group_interval: 1s}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:%d/"}]}]
                """
                        .formatted(webhook));
        return new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("alerts"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
    }

    /// With the chart's alerts as its values make them.
    private Prometheus prometheus(int port, int alertmanager) throws IOException {
        String values =
                "prometheusRule: {enabled: true, pageUrl: \"http://127.0.0.1:" + port + "\"}";
        PrometheusRule rule = Chart.one(Chart.render(values), PrometheusRule.class);
        Path rules = directory.resolve("rules.yaml");
        Files.writeString(rules, JSON.writeValueAsString(Rules.plain(rule)));
        return new Prometheus(
                directory,
                """
                scrape_configs:
                  - job_name: sonde
                    metrics_path: /metrics
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                rule_files: [%s]
                alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
                """
                        .formatted(port, rules, alertmanager));
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }
}
