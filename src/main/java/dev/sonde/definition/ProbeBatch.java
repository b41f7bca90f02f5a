package dev.sonde.definition;

import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The probes of one document. Probes that differ in target and labels only are read once:
/// thousands of them cost little more than their texts. For one thread.
final class ProbeBatch {

    private static final int MOST_KINDS = 1_000;
    private static final String TARGET = "target";
    private static final String LABELS = "labels";
    private static final String ANY_TARGET = "127.0.0.1:1";

    private final ProbeSection section;
    private final ObjectNode usual;
    private final Map<String, String> usualLabels;

    /// By the probe's own fields but for target and labels.
    private final Map<ObjectNode, ProbeSpec> kinds = new HashMap<>();

    /// @param usual the defaults of the document
    ProbeBatch(ProbeSection section, ObjectNode usual) {
        this.section = section;
        this.usual = usual;
        this.usualLabels = texts(usual.path(LABELS)).orElse(Map.of());
    }

    /// Reads one probe, as [ProbeSection#read] does with the defaults filled in.
    ProbeSpec read(ObjectNode own) {
        return quickly(own).orElseGet(() -> section.read(Merge.probe(usual, own)));
    }

    /// Empty where something is wrong or unusual. The complete reader then reports it.
    private Optional<ProbeSpec> quickly(ObjectNode own) {
        Optional<Map<String, String>> labels = texts(own.path(LABELS));
        JsonNode target = own.path(TARGET);
        if (labels.isEmpty() || !target.isString() || texts(usual.path(LABELS)).isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, String> all = new HashMap<>(usualLabels);
            all.putAll(labels.get());
            return Optional.of(
                    kind(own).withTarget(Target.parseHere(target.stringValue())).withLabels(all));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private ProbeSpec kind(ObjectNode own) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : own.properties()) {
            if (!field.getKey().equals(TARGET) && !field.getKey().equals(LABELS)) {
                key.set(field.getKey(), field.getValue());
            }
        }
        ProbeSpec known = kinds.get(key);
        if (known == null) {
            ObjectNode any = key.deepCopy();
            known = section.read(Merge.probe(usual, any.put(TARGET, ANY_TARGET)));
            if (kinds.size() < MOST_KINDS) {
                kinds.put(key, known);
            }
        }
        return known;
    }

    /// The texts of an object; empty where a field of it is no text.
    private static Optional<Map<String, String>> texts(JsonNode node) {
        if (node.isMissingNode()) {
            return Optional.of(Map.of());
        }
        if (!node.isObject()) {
            return Optional.empty();
        }
        Map<String, String> texts = HashMap.newHashMap(node.size());
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isString()) {
                return Optional.empty();
            }
            texts.put(field.getKey(), field.getValue().stringValue());
        }
        return Optional.of(texts);
    }
}
