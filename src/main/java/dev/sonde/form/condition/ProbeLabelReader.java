package dev.sonde.form.condition;

import dev.sonde.form.InvalidFields;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a probe's labels and notes which of them are wrong.
///
/// @param invalid where that is noted
public record ProbeLabelReader(InvalidFields invalid) {

    /// Any definition serves here, because only a definition knows the rules of labels.
    private static final ProbeSpec UNLABELLED =
            ProbeSpec.of(new Target("127.0.0.1", 1), ProbeSpec.LONGEST_INTERVAL);

    public Map<String, String> read(@Nullable Map<String, @Nullable String> labels) {
        if (labels == null) {
            return Map.of();
        }
        Map<String, String> read = HashMap.newHashMap(labels.size());
        labels.forEach(
                (key, value) -> {
                    if (value == null) {
                        invalid.add("labels." + key, null, "a string, not null");
                    } else if (isValid("labels." + key, value, Map.of(key, value))) {
                        read.put(key, value);
                    }
                });
        isValid("labels", null, read);
        return read;
    }

    private boolean isValid(String field, @Nullable String value, Map<String, String> labels) {
        try {
            var _ = UNLABELLED.withLabels(labels);
            return true;
        } catch (IllegalArgumentException e) {
            invalid.add(field, value, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
