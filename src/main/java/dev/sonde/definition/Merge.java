package dev.sonde.definition;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Definitions over their defaults: objects are merged, everything else replaces, null removes.
final class Merge {

    private Merge() {}

    /// Module and settings exclude each other, so the probe's own one wins.
    static ObjectNode probe(ObjectNode defaults, ObjectNode own) {
        ObjectNode usual = defaults.deepCopy();
        if (own.has("module")) {
            usual.remove("settings");
        } else if (own.has("settings")) {
            usual.remove("module");
        }
        return merge(usual, own);
    }

    /// The fields of a behaviour depend on its type, so a behaviour is replaced as a whole.
    static ObjectNode listener(ObjectNode defaults, ObjectNode own) {
        ObjectNode usual = defaults.deepCopy();
        if (own.has("behaviour")) {
            usual.remove("behaviour");
        }
        return merge(usual, own);
    }

    private static ObjectNode merge(ObjectNode into, ObjectNode own) {
        for (Map.Entry<String, JsonNode> entry : own.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                into.remove(entry.getKey());
            } else if (value instanceof ObjectNode inner
                    && into.get(entry.getKey()) instanceof ObjectNode usual) {
                merge(usual, inner);
            } else {
                into.set(entry.getKey(), value);
            }
        }
        return into;
    }
}
