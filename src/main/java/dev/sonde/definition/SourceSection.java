package dev.sonde.definition;

import dev.sonde.definition.source.SourceReader;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.form.InvalidField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the section `sources` of a document. For one thread.
///
/// @param usualProbe the defaults of probes
/// @param errors collects what is wrong
record SourceSection(
        JsonMapper mapper, ProbeSection reader, ObjectNode usualProbe, DocumentErrors errors) {

    private static final int MOST = 100;
    private static final List<String> PATH = List.of();

    /// @param base the directory of the document's file; absent where it may have no sources
    List<SourceSpec> read(ObjectNode root, @Nullable Path base) {
        JsonNode given = root.path("sources");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (base == null) {
            errors.add(PATH, SourceReader.notAllowed());
        } else if (!(given instanceof ArrayNode list) || list.size() > MOST) {
            add("sources", "a list of at most %d sources is expected".formatted(MOST));
        } else {
            return each(list, base);
        }
        return List.of();
    }

    private List<SourceSpec> each(ArrayNode list, Path base) {
        List<SourceSpec> read = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String field = "sources[" + i + "]";
            if (list.get(i) instanceof ObjectNode object) {
                errors.collect(field, () -> read.add(source(object, base)));
            } else {
                add(field, "an object is expected");
            }
        }
        if (read.stream().map(SourceSpec::name).distinct().count() < read.size()) {
            add("sources", "two sources have one name, or one place and no name; name them");
        }
        return read;
    }

    private SourceSpec source(ObjectNode object, Path base) {
        ObjectNode own =
                object.get("probe") instanceof ObjectNode template
                        ? template
                        : JsonNodeFactory.instance.objectNode();
        ObjectNode template = Merge.probe(usualProbe, own);
        reader.requireReadable(template);
        return new SourceReader(mapper, base).read(object, template);
    }

    private void add(String field, String message) {
        errors.add(PATH, InvalidField.of(field, null, message));
    }
}
