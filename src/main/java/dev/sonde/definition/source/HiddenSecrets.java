package dev.sonde.definition.source;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Secrets of sources and the sign in their place. Names of files are no secrets.
final class HiddenSecrets {

    private static final Set<String> SECRET = Set.of("credentials", "password", "key", "secrets");

    private static final Set<String> SENT = Set.of("send");

    private HiddenSecrets() {}

    /// A copy with the secrets of `http_sd` hidden.
    static ObjectNode inSource(ObjectNode source) {
        ObjectNode copy = source.deepCopy();
        if (copy.get("http_sd") instanceof ObjectNode http) {
            hide(http, SECRET);
        }
        return copy;
    }

    /// A copy with the bytes hidden that the template's probes send.
    static ObjectNode inTemplate(ObjectNode source) {
        ObjectNode copy = source.deepCopy();
        if (copy.get("probe") instanceof ObjectNode template) {
            hide(template, SENT);
        }
        return copy;
    }

    private static void hide(ObjectNode object, Set<String> secret) {
        for (String name : List.copyOf(object.propertyNames())) {
            JsonNode value = object.get(name);
            if (secret.contains(name) && isText(value)) {
                object.set(name, hidden(value));
            } else if (value instanceof ObjectNode inner) {
                hide(inner, secret);
            } else if (value instanceof ArrayNode list) {
                list.forEach(each -> hideIn(each, secret));
            }
        }
    }

    private static void hideIn(JsonNode each, Set<String> secret) {
        if (each instanceof ObjectNode inner) {
            hide(inner, secret);
        }
    }

    /// A text, bytes or a list of texts: an object of settings has the name `send` too.
    private static boolean isText(JsonNode value) {
        return value.isString() || value.isArray() || value.has("base64");
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
