package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The monitors for the Prometheus operator.
class ChartMonitorTest {

    @Test
    void metricsAreScrapedWithATokenOfTheRoleViewerWhenTheyNeedOne() {
        List<HasMetadata> resources = Chart.render("serviceMonitor: {enabled: true}");
        assertThat(token(Chart.one(resources, ServiceMonitor.class)))
                .isEqualTo("tcp-sonde-tokens-viewer");
    }

    @Test
    void noTokenIsShownWhenMetricsAreOpen() {
        List<HasMetadata> resources =
                Chart.render("{serviceMonitor: {enabled: true}, security: {prometheusOpen: true}}");
        assertThat(Chart.one(resources, ServiceMonitor.class).toString())
                .doesNotContain("tcp-sonde-tokens");
    }

    @Test
    void aTargetIsProbedWithATokenOfTheRoleProber() {
        ServiceMonitor monitor =
                Chart.named(
                        Chart.render(ChartTest.EVERYTHING), ServiceMonitor.class, "tcp-sonde-db");
        var endpoint = monitor.getSpec().getEndpoints().getFirst();
        assertThat(endpoint.getPath()).isEqualTo("/probe");
        assertThat(endpoint.getParams())
                .containsEntry("target", List.of("db.example:5432"))
                .containsEntry("module", List.of("tcp_connect"));
        assertThat(token(monitor)).isEqualTo("tcp-sonde-tokens-prober");
        assertThat(endpoint.getMetricRelabelings().toString())
                .contains("targetLabel=instance", "targetLabel=target", "targetLabel=team");
    }

    @Test
    void valuesOfTheExportersChartMakeAMonitorForEachTarget() throws IOException {
        Path values = Path.of("src", "test", "resources", "blackbox-chart-values.yaml");
        List<HasMetadata> resources = Chart.render(Files.readString(values));
        assertThat(Chart.all(resources, ServiceMonitor.class)).hasSize(2);
        ServiceMonitor monitor = Chart.named(resources, ServiceMonitor.class, "tcp-sonde-example");
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(monitor.getSpec().getEndpoints().getFirst().getParams())
                .containsEntry("target", List.of("example.com:443"));
        assertThat(resources.toString()).contains("tcp_connect", "http_2xx");
    }

    private static String token(ServiceMonitor monitor) {
        return monitor.getSpec()
                .getEndpoints()
                .getFirst()
                .getAuthorization()
                .getCredentials()
                .getName();
    }
}
