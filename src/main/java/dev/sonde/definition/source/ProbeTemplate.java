package dev.sonde.definition.source;

import dev.sonde.probe.spec.ResourceName;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes the definition of a probe from a target's labels: `${label}` in a text is replaced by the
/// label's value. Safe for any thread.
public final class ProbeTemplate {

    private static final Pattern LABEL = Pattern.compile("\\$\\{([a-zA-Z_][a-zA-Z0-9_]*)}");
    private static final String USUAL = "${" + TargetGroups.ADDRESS + "}";
    private static final String NAME = "name";
    private static final String TARGET = "target";
    private static final String LABELS = "labels";

    private final String name;
    private final ObjectNode fields;

    /// @param template a probe, with its name where it has one
    public ProbeTemplate(ObjectNode template) {
        this.fields = template.deepCopy();
        this.name = template.path(NAME).asString(USUAL);
        fields.remove(NAME);
        if (!fields.has(TARGET)) {
            fields.put(TARGET, USUAL);
        }
    }

    /// The name of a target's probe; empty where nothing of the text can stand in a name.
    public String name(Map<String, String> labels) {
        return ResourceName.madeOf(expand(name, labels));
    }

    /// The definition of a target's probe. A label of the probe without a value is left out.
    public ObjectNode probe(Map<String, String> labels) {
        ObjectNode probe = (ObjectNode) expand(fields, labels);
        if (probe.get(LABELS) instanceof ObjectNode own) {
            for (String label : List.copyOf(own.propertyNames())) {
                if (own.path(label).isString() && own.path(label).stringValue().isEmpty()) {
                    own.remove(label);
                }
            }
        }
        override(probe, labels);
        return probe;
    }

    /// A target may bring an interval and a module of its own.
    private static void override(ObjectNode probe, Map<String, String> labels) {
        String interval = labels.get("__interval__");
        if (interval != null) {
            probe.put("interval", interval);
        }
        String module = labels.get("__module__");
        if (module != null) {
            probe.remove("settings");
            probe.put("module", module);
        }
    }

    private static JsonNode expand(JsonNode node, Map<String, String> labels) {
        return switch (node) {
            case StringNode text -> StringNode.valueOf(expand(text.stringValue(), labels));
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(each -> copy.set(each.getKey(), expand(each.getValue(), labels)));
                yield copy;
            }
            case ArrayNode list -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                list.forEach(each -> copy.add(expand(each, labels)));
                yield copy;
            }
            default -> node;
        };
    }

    private static String expand(String text, Map<String, String> labels) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        return LABEL.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(labels.getOrDefault(found.group(1), "")));
    }
}
