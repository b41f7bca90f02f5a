package dev.sonde.chart;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/// The alerts of the chart, as their file has them.
final class Rules {

    static final Path FILE = Chart.FOLDER.resolve("rules", "sonde.yaml");

    private Rules() {}

    static List<String> alerts() throws IOException {
        return all().stream().map(rule -> rule.get("alert").toString()).toList();
    }

    static List<String> expressions() throws IOException {
        return all().stream().map(rule -> rule.get("expr").toString()).toList();
    }

    static String expression(String alert) throws IOException {
        return all().stream()
                .filter(rule -> rule.get("alert").equals(alert))
                .map(rule -> rule.get("expr").toString())
                .findFirst()
                .orElseThrow();
    }

    /// A rendered resource in the form that Prometheus reads from a file.
    static Map<String, Object> plain(PrometheusRule resource) {
        List<Map<String, Object>> rules =
                resource.getSpec().getGroups().getFirst().getRules().stream()
                        .map(Rules::plain)
                        .toList();
        return Map.of("groups", List.of(Map.of("name", "sonde", "rules", rules)));
    }

    private static Map<String, Object> plain(Rule rule) {
        return Map.of(
                "alert", rule.getAlert(),
                "expr", rule.getExpr().getStrVal(),
                "for", rule.getFor() == null ? "0s" : rule.getFor(),
                "labels", rule.getLabels(),
                "annotations", rule.getAnnotations());
    }

    private static List<Map<String, Object>> all() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(Files.readString(FILE));
        return rules.get("groups").getFirst().get("rules");
    }
}
