package dev.sonde.definition.source;

import dev.sonde.form.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads Prometheus' list of target groups: `[{"targets": ["host:port"], "labels": {}}]`. Safe for
/// any thread.
public final class TargetGroups {

    /// The label of a target's address.
    public static final String ADDRESS = "__address__";

    private static final Set<String> FIELDS = Set.of("targets", "labels");

    private final JsonMapper mapper;

    public TargetGroups(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// The labels of each target.
    ///
    /// @param origin labels of where it was found
    /// @throws SourceException with what is malformed
    public List<Map<String, String>> json(byte[] bytes, Map<String, String> origin)
            throws SourceException {
        try {
            return groups(mapper.readTree(bytes), origin);
        } catch (JacksonException e) {
            throw new SourceException("the list of targets is not valid JSON", e);
        }
    }

    /// As [#json], of a list in YAML.
    public List<Map<String, String>> yaml(byte[] bytes, Map<String, String> origin)
            throws SourceException {
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return groups(YamlText.tree(text), origin);
        } catch (IllegalArgumentException e) {
            throw new SourceException("the list of targets " + e.getMessage(), e);
        }
    }

    private static List<Map<String, String>> groups(JsonNode root, Map<String, String> origin)
            throws SourceException {
        if (!(root instanceof ArrayNode groups)) {
            throw new SourceException("a list of target groups is expected");
        }
        List<Map<String, String>> targets = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!(groups.get(i) instanceof ObjectNode group)) {
                throw new SourceException("[%d]: an object is expected".formatted(i));
            }
            for (String field : group.propertyNames()) {
                if (!FIELDS.contains(field)) {
                    throw new SourceException(
                            "[%d].%s: no such field is known here; known are labels, targets"
                                    .formatted(i, field));
                }
            }
            add(i, group, labels(i, group, origin), targets);
        }
        return targets;
    }

    private static Map<String, String> labels(
            int index, ObjectNode group, Map<String, String> origin) throws SourceException {
        Map<String, String> labels = new TreeMap<>(origin);
        JsonNode given = group.path("labels");
        if (!given.isObject() && !given.isMissingNode() && !given.isNull()) {
            throw new SourceException("[%d].labels: an object is expected".formatted(index));
        }
        for (Map.Entry<String, JsonNode> label : given.properties()) {
            if (!label.getValue().isString()) {
                throw new SourceException(
                        "[%d].labels.%s: a string is expected".formatted(index, label.getKey()));
            }
            labels.put(label.getKey(), label.getValue().stringValue());
        }
        return labels;
    }

    private static void add(
            int index,
            ObjectNode group,
            Map<String, String> labels,
            List<Map<String, String>> targets)
            throws SourceException {
        JsonNode given = group.path("targets");
        if (!given.isArray() && !given.isMissingNode() && !given.isNull()) {
            throw new SourceException("[%d].targets: a list is expected".formatted(index));
        }
        for (JsonNode target : given) {
            if (!target.isString()) {
                throw new SourceException(
                        "[%d].targets: each target is a string, host:port".formatted(index));
            }
            Map<String, String> own = new TreeMap<>(labels);
            own.put(ADDRESS, target.stringValue());
            targets.add(own);
        }
    }
}
