package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The alerts as the values change them, and the values files of the folder `ci`.
class ChartAlertTest {

    @Test
    void alertHasTheThresholdWaitSeverityAndLinksOfTheValues() {
        Rule rule =
                rule(
                        "SondeProbeCertificateExpiring",
                        "thresholds: {SondeProbeCertificateExpiring: 30}, for:"
                                + " {SondeProbeCertificateExpiring: 2h}, severity:"
                                + " {SondeProbeCertificateExpiring: page}, probeLabels: [team, site],"
                                + " pageUrl: \"https://sonde.example/\", runbookUrl:"
                                + " \"https://runbooks.example/\"");
        assertThat(rule.getExpr().getStrVal())
                .endsWith(" < 30")
                .contains("group_left (team, site)");
        assertThat(rule.getFor()).isEqualTo("2h");
        assertThat(rule.getLabels()).containsEntry("severity", "page");
        assertThat(rule.getAnnotations())
                .containsEntry("page_url", "https://sonde.example/#/probe/{{ $labels.probe }}")
                .containsEntry(
                        "runbook_url", "https://runbooks.example/sondeprobecertificateexpiring");
    }

    @Test
    void alertLinksToThePageItselfWhenItIsAboutNoProbe() {
        assertThat(rule("SondeStoreDown", "pageUrl: \"https://sonde.example\"").getAnnotations())
                .containsEntry("page_url", "https://sonde.example/");
        assertThat(rule("SondeStoreDown", "").getAnnotations()).doesNotContainKey("page_url");
    }

    private static Rule rule(String alert, String values) {
        String all =
                "prometheusRule: {enabled: true" + (values.isEmpty() ? "" : ", " + values) + "}";
        return Chart.one(Chart.render(all), PrometheusRule.class)
                .getSpec()
                .getGroups()
                .getFirst()
                .getRules()
                .stream()
                .filter(one -> one.getAlert().equals(alert))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled: [Sonde]", "thresholds: {Sonde: 1}", "for: {Sonde: 1m}"})
    void nameOfNoAlertIsRefused(String values) {
        assertThatThrownBy(() -> Chart.render("prometheusRule: {enabled: true, " + values + "}"))
                .hasMessageContaining("no alert has the name Sonde; known are SondeProbeDown");
    }

    /// Values for branches of the templates, each of which installs.
    @ParameterizedTest
    @MethodSource("dev.sonde.chart.Chart#valuesNames")
    void valuesOfTheFolderCiAreRendered(String name) {
        assertThat(Chart.render(Chart.values(name))).isNotEmpty();
    }
}
