package dev.sonde.blackbox;

import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.DialogueReport.Mismatch;
import dev.sonde.probe.finding.StepReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metrics of a dialogue: blackbox_exporter's, and the step that failed.
final class DialogueMetrics {

    private DialogueMetrics() {}

    static void add(GaugeText text, DialogueReport report) {
        if (!report.labels().isEmpty()) {
            text.gauge("probe_expect_info", "Explicit content matched", labels(report), 1);
        }
        Integer step = report.step();
        if (step != null) {
            text.gauge(
                    "probe_failed_at_step",
                    "The step of the dialogue at which the probe failed, from 1",
                    step);
        }
    }

    /// Also where there was no dialogue.
    static void addMismatch(GaugeText text, List<StepReport> reports) {
        text.gauge(
                "probe_failed_due_to_regex",
                "Indicates if probe failed due to regex",
                isOf(Mismatch.PATTERN, reports) ? 1 : 0);
        text.gauge(
                "probe_failed_due_to_bytes",
                "Indicates if probe failed due to bytes",
                isOf(Mismatch.BYTES, reports) ? 1 : 0);
    }

    private static boolean isOf(Mismatch mismatch, List<StepReport> reports) {
        return reports.stream()
                .anyMatch(
                        report ->
                                report instanceof DialogueReport dialogue
                                        && dialogue.mismatch() == mismatch);
    }

    /// A group of a pattern may have a name that a label cannot have.
    private static Map<String, String> labels(DialogueReport report) {
        Map<String, String> labels = new TreeMap<>(); // in the order in which Go writes them
        report.labels()
                .forEach(
                        (name, value) -> {
                            boolean isFit = name.matches("[a-zA-Z].*|_[a-zA-Z0-9].*|_");
                            labels.put(isFit ? name : "group_" + name, value);
                        });
        return labels;
    }
}
