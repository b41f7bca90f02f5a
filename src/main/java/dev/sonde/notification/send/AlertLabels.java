package dev.sonde.notification.send;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.Told;
import java.util.Map;
import java.util.TreeMap;

/// The labels of an alert: its identity to an Alertmanager.
final class AlertLabels {

    private AlertLabels() {}

    /// A probe's own labels replace none of ours.
    static Map<String, String> of(Told told) {
        Entry entry = told.entry();
        Map<String, String> labels = new TreeMap<>();
        new TreeMap<>(entry.labels())
                .forEach(
                        (name, value) -> {
                            if (!value.isEmpty()) {
                                labels.putIfAbsent(valid(name), value);
                            }
                        });
        String severity = labels.getOrDefault("severity", "critical");
        labels.put(
                "alertname",
                told.kind() == EpisodeKind.DOWN ? "SondeProbeDown" : "SondeProbeDegraded");
        labels.put("probe", entry.probe());
        labels.put("severity", severity);
        return labels;
    }

    /// A name that Prometheus takes.
    private static String valid(String name) {
        String text = name.replaceAll("[^a-zA-Z0-9_]", "_");
        return text.isEmpty() || Character.isDigit(text.charAt(0)) ? "_" + text : text;
    }
}
