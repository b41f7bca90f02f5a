package dev.sonde.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A probe that is put together. For one thread.
final class DraftProbe {

    private final String what;
    private final String name;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();

    DraftProbe(String what, String name, String target) {
        this.what = what;
        this.name = name;
        fields.put("target", target);
    }

    String what() {
        return what;
    }

    String name() {
        return name;
    }

    DraftProbe with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    DraftProbe withSetting(String field, Object value) {
        settings.put(field, value);
        return this;
    }

    /// A label whose key is made of a text. Without a value it is left out.
    DraftProbe label(String key, String value) {
        String safe = key.replaceAll("[^a-zA-Z0-9_]", "_").replaceAll("^(?=[0-9])|^_+", "");
        if (!safe.isEmpty() && !value.isEmpty()) {
            labels.put(Character.isDigit(safe.charAt(0)) ? "l" + safe : safe, value);
        }
        return this;
    }

    /// Notes one thing of the probe that is not carried over.
    void lose(String sentence) {
        lost.add(sentence);
    }

    List<String> lost() {
        return lost;
    }

    /// The probe as a document has it.
    Map<String, Object> written() {
        Map<String, Object> written = new LinkedHashMap<>(fields);
        if (!settings.isEmpty()) {
            written.put("settings", settings);
        }
        if (!labels.isEmpty()) {
            written.put("labels", labels);
        }
        return written;
    }
}
