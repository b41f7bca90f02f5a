package dev.sonde.store.row;

import dev.sonde.probe.spec.ProbeLabels;
import dev.sonde.store.bytes.StoredJson;
import dev.sonde.store.bytes.StoredSettings;
import java.util.HashMap;
import java.util.Map;

/// The settings and labels of the rows that were read before, by their texts. Many rows have
/// the same text. For one thread.
public final class SettingsByText {

    private static final int MOST = 1_000;

    private final Map<String, StoredSettings.Pair> known = new HashMap<>();
    private final Map<String, Map<String, String>> labels = new HashMap<>();

    Map<String, String> labels(String text) {
        Map<String, String> found = labels.get(text);
        if (found == null) {
            found =
                    ProbeLabels.requireValid(
                            StoredJson.MAPPER.readValue(text, DefinitionRow.LABELS));
            if (labels.size() < MOST) {
                labels.put(text, found);
            }
        }
        return found;
    }

    StoredSettings.Pair of(String text) {
        StoredSettings.Pair found = known.get(text);
        if (found == null) {
            found = StoredSettings.Pair.of(text);
            if (known.size() < MOST) {
                known.put(text, found);
            }
        }
        return found;
    }
}
