package dev.sonde.definition.source;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sources as they are shown: secrets are hidden, names of files are not.
final class HiddenSecrets {

    private static final Set<String> SECRET = Set.of("credentials", "password", "key", "secrets");

    private HiddenSecrets() {}

    /// A copy without the server's own `status`.
    static ObjectNode in(ObjectNode source) {
        ObjectNode copy = source.deepCopy();
        copy.remove("status");
        if (copy.get("http_sd") instanceof ObjectNode http) {
            hide(http);
        }
        return copy;
    }

    private static void hide(ObjectNode object) {
        for (String name : List.copyOf(object.propertyNames())) {
            JsonNode value = object.get(name);
            if (SECRET.contains(name) && !value.isNull()) {
                object.set(name, hidden(value));
            } else if (value instanceof ObjectNode inner) {
                hide(inner);
            }
        }
    }

    private static JsonNode hidden(JsonNode value) {
        ObjectNode sign = JsonNodeFactory.instance.objectNode().put("hidden", true);
        if (value instanceof ArrayNode list) {
            ArrayNode signs = JsonNodeFactory.instance.arrayNode();
            list.forEach(_ -> signs.add(sign));
            return signs;
        }
        return sign;
    }
}
