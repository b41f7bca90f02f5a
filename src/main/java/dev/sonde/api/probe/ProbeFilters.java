package dev.sonde.api.probe;

import dev.sonde.api.request.Query;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.ProbeFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads which probes of a list are wanted.
final class ProbeFilters {

    private ProbeFilters() {}

    /// @param labels each `key=value`; a probe has to have all of them
    static ProbeFilter of(String @Nullable [] labels, @Nullable String state) {
        return new ProbeFilter(
                labels(labels == null ? List.of() : List.of(labels)),
                state == null ? null : state(state));
    }

    private static Map<String, String> labels(List<String> given) {
        Map<String, String> labels = new HashMap<>();
        for (String label : given) {
            int end = label.indexOf('=');
            if (end < 1) {
                throw Query.invalid("label", label, "a label is written like team=payments");
            }
            String value = label.substring(end + 1);
            String other = labels.put(label.substring(0, end), value);
            if (other != null && !other.equals(value)) {
                throw Query.invalid("label", label, "a label has one value");
            }
        }
        return labels;
    }

    private static ProbeState state(String text) {
        List<String> labels = Arrays.stream(ProbeState.values()).map(ProbeState::label).toList();
        String word = Query.word("state", text, labels);
        return ProbeState.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
