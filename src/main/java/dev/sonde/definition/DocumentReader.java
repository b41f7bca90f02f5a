package dev.sonde.definition;

import dev.sonde.definition.source.FileAccess;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ListenerForm;
import dev.sonde.form.YamlText;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.problem.UnreadableBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads documents of definitions. Safe for any thread.
public final class DocumentReader {

    private static final Set<String> SECTIONS =
            Set.of("defaults", "probes", "listeners", "sources");
    private static final Set<String> KINDS = Set.of("probe", "listener");
    private static final InvalidField NO_OBJECT =
            InvalidField.of("", null, "an object is expected");

    private final JsonMapper mapper;
    private final ProbeSection reader;
    private final FileAccess.Sent sent;

    /// @param sent the files that documents over HTTP may name
    DocumentReader(JsonMapper mapper, ProbeSection reader, FileAccess.Sent sent) {
        this.mapper = mapper;
        this.reader = reader;
        this.sent = sent;
    }

    /// A document in YAML, from a request.
    ///
    /// @throws InvalidRequestException with all that is wrong, and the lines
    public DefinitionDocument yaml(byte[] bytes) {
        return yaml(bytes, sent);
    }

    /// A document in JSON, from a request.
    ///
    /// @throws InvalidRequestException with all that is wrong
    public DefinitionDocument json(byte[] bytes) {
        return json(bytes, sent);
    }

    /// As [#yaml(byte[])], with the files that may be named.
    ///
    /// @param access the files that its sources may name
    DefinitionDocument yaml(byte[] bytes, FileAccess access) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        JsonNode tree;
        try {
            tree = YamlText.tree(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(
                    InvalidField.of("body", null, String.valueOf(e.getMessage()))
                            .atLine(YamlText.line(e)));
        }
        return read(tree, access, new DocumentErrors(new DocumentLines(text)));
    }

    /// As [#json(byte[])], with the files that may be named.
    DefinitionDocument json(byte[] bytes, FileAccess access) {
        try {
            return read(mapper.readTree(bytes), access, new DocumentErrors(null));
        } catch (JacksonException e) {
            throw unreadable(InvalidField.of("body", null, UnreadableBody.lineSentence(e)));
        }
    }

    private static InvalidRequestException unreadable(InvalidField field) {
        return new InvalidRequestException(List.of(field));
    }

    private DefinitionDocument read(
            @Nullable JsonNode tree, FileAccess access, DocumentErrors errors) {
        if (!(tree instanceof ObjectNode root)) {
            throw unreadable(InvalidField.of("body", null, "an object is expected"));
        }
        requireKnown(List.of(), root, SECTIONS, errors);
        ObjectNode defaults = object(List.of("defaults"), root, errors);
        requireKnown(List.of("defaults"), defaults, KINDS, errors);
        ObjectNode usualProbe = object(List.of("defaults", "probe"), defaults, errors);
        ObjectNode usualListener = object(List.of("defaults", "listener"), defaults, errors);
        ProbeBatch batch = new ProbeBatch(reader, usualProbe);
        Map<String, ProbeSpec> probes = each("probes", root, errors, (_, own) -> batch.read(own));
        Map<String, ListenerSpec> listeners =
                each(
                        "listeners",
                        root,
                        errors,
                        (name, own) -> listener(name, Merge.listener(usualListener, own)));
        List<SourceSpec> sources =
                new SourceSection(mapper, reader, usualProbe, errors).read(root, access);
        errors.throwIfAny();
        return new DefinitionDocument(probes, listeners, sources);
    }

    private static void requireKnown(
            List<String> path, ObjectNode object, Set<String> known, DocumentErrors errors) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                errors.add(
                        path,
                        InvalidField.of(
                                name,
                                null,
                                "no such field is known here; known are "
                                        + String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    /// The object at the end of a path in its parent; an empty one where there is none.
    private static ObjectNode object(List<String> path, ObjectNode parent, DocumentErrors errors) {
        JsonNode given = parent.path(path.getLast());
        if (given instanceof ObjectNode object) {
            return object;
        }
        if (!given.isMissingNode() && !given.isNull()) {
            errors.add(path, NO_OBJECT);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static <T> Map<String, T> each(
            String section,
            ObjectNode root,
            DocumentErrors errors,
            BiFunction<String, ObjectNode, T> reading) {
        Map<String, T> read = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                object(List.of(section), root, errors).properties()) {
            List<String> path = List.of(section, entry.getKey());
            if (!ResourceName.isValid(entry.getKey())) {
                errors.add(path, "a name has 1 to 63 of a-z, 0-9, \"-\" and \".\"");
            } else if (entry.getValue() instanceof ObjectNode own) {
                errors.collect(
                        path, () -> read.put(entry.getKey(), reading.apply(entry.getKey(), own)));
            } else {
                errors.add(path, NO_OBJECT);
            }
            if (errors.isFull()) {
                break;
            }
        }
        return read;
    }

    private ListenerSpec listener(String name, ObjectNode merged) {
        return mapper.treeToValue(merged, ListenerForm.class).toSpec(name, new InvalidFields());
    }
}
