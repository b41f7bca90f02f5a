package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
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

    private static String token(ServiceMonitor monitor) {
        return monitor.getSpec()
                .getEndpoints()
                .getFirst()
                .getAuthorization()
                .getCredentials()
                .getName();
    }
}
