package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.OpenSslServer;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.CertificateSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The README's scrape jobs, run by a real Prometheus against a running Sonde.
class ScrapeJobTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String CLOSED = "127.0.0.1:1";
    private static final int BACKLOG = 1_000;

    @TempDir private Path directory;

    @BeforeEach
    void requirePrometheus() {
        LabRequirement.check(
                Boolean.getBoolean("test.prometheus"),
                "-Dtest.prometheus=true runs the README's scrape jobs");
        Tool.require("prometheus");
    }

    @Test
    void successIsThatOfEachTargetWhenTheJobsAreTheReadmes() throws Exception {
        try (ServerSocket listener =
                        new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
                ConfigurableApplicationContext service = Starter.start(directory.resolve("data"))) {
            int port = Starter.port(service);
            String open = "127.0.0.1:" + listener.getLocalPort();
            String jobs = ReadmeJobs.with(port, "tcp_connect", List.of(open, CLOSED));
            try (Prometheus prometheus = new Prometheus(directory, jobs)) {
                awaitValues(prometheus, "probe_success", Map.of(open, 1.0, CLOSED, 0.0));
                awaitValues(prometheus, "up{job=\"blackbox\"}", Map.of(open, 1.0, CLOSED, 1.0));
                awaitValues(prometheus, "up{job=\"sonde\"}", Map.of("127.0.0.1:" + port, 1.0));
            }
        }
    }

    @Test
    void alertNamesTheServerWhenItsCertificateEndsSoon() throws Exception {
        Path modules = directory.resolve("modules.yaml");
        Files.writeString(
                modules,
                """
                modules:
                  tls: {prober: tcp, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}
                """);
        try (OpenSslServer soon = server("soon", Duration.ofDays(3));
                OpenSslServer later = server("later", Duration.ofDays(60));
                ConfigurableApplicationContext service =
                        Starter.start(
                                directory.resolve("data"), "--sonde.modules.file=" + modules)) {
            List<String> targets = List.of("127.0.0.1:" + soon.port(), "127.0.0.1:" + later.port());
            String jobs = ReadmeJobs.with(Starter.port(service), "tls", targets);
            try (Prometheus prometheus = new Prometheus(directory, jobs)) {
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        prometheus.vector("probe_ssl_earliest_cert_expiry").size()
                                                == 2);
                Map<String, Double> firing =
                        values(prometheus.vector(Rules.expression("SondeCertificateExpiring")));
                assertThat(firing).containsOnlyKeys(targets.getFirst());
                assertThat(firing.get(targets.getFirst())).isBetween(2.0, 3.0);
            }
        }
    }

    private OpenSslServer server(String name, Duration validity) throws IOException {
        Path files = Files.createDirectory(directory.resolve(name));
        CertificateSpec spec =
                new CertificateSpec(name, CertificateKind.SERVER, List.of("127.0.0.1"), validity);
        return OpenSslServer.start(
                files,
                new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC())
                        .issue(spec)
                        .orElseThrow()
                        .keys());
    }

    private static void awaitValues(
            Prometheus prometheus, String expression, Map<String, Double> wanted) {
        await(expression)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(values(prometheus.vector(expression))).isEqualTo(wanted));
    }

    /// Instances to values.
    private static Map<String, Double> values(JsonNode vector) {
        Map<String, Double> values = new HashMap<>();
        for (JsonNode series : vector) {
            values.put(
                    series.at("/metric/instance").asString(),
                    Double.valueOf(series.at("/value/1").asString()));
        }
        return values;
    }
}
