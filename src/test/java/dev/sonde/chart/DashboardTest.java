package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// Every expression of the dashboards and of the alerts, evaluated by a real Prometheus that
/// scrapes a running Sonde.
@Order(1)
class DashboardTest {

    private static final String FAMILIES =
            "--sonde.metrics.probe-families=up,last-duration,rtt,failures,not-probed,not-probed-runs,"
                    + "failure-info,runs,info,state-since,last-run,overdue,certificate,phases,"
                    + "syn-retransmits";

    @TempDir private Path directory;

    @Test
    void everyExpressionHasValuesWhenSondeIsScraped() throws Exception {
        Tool.require("prometheus");
        try (ConfigurableApplicationContext service =
                Starter.start(directory.resolve("data"), FAMILIES)) {
            int port = Starter.port(service);
            new Estate(port).define();
            try (Prometheus prometheus = new Prometheus(directory, port)) {
                for (String expression : dashboards()) {
                    await(expression)
                            .atMost(Duration.ofSeconds(40))
                            .untilAsserted(
                                    () ->
                                            assertThat(prometheus.vector(expression))
                                                    .as(expression)
                                                    .isNotEmpty());
                }
                for (String expression : Rules.expressions()) {
                    assertThat(prometheus.vector(expression).isArray()).isTrue();
                }
            }
        }
    }

    /// Those of several replicas have no values where there is one.
    private static List<String> dashboards() throws Exception {
        List<String> expressions = new ArrayList<>();
        for (String name : Dashboard.NAMES) {
            Dashboard.read(name)
                    .expressions()
                    .filter(expression -> !expression.contains("sonde_cluster_"))
                    .forEach(expressions::add);
        }
        assertThat(expressions).hasSizeGreaterThan(50);
        return expressions.stream()
                .map(expression -> expression.replace("$__rate_interval", "20s"))
                .map(expression -> expression.replaceAll("\\$(job|instance|team|probe)\\b", ".*"))
                .toList();
    }
}
