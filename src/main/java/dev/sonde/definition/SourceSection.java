package dev.sonde.definition;

import dev.sonde.definition.source.Discovery;
import dev.sonde.definition.source.FileAccess;
import dev.sonde.definition.source.SourceReader;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
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

    List<SourceSpec> read(ObjectNode root, FileAccess access) {
        JsonNode given = root.path("sources");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!(given instanceof ArrayNode list) || list.size() > MOST) {
            add("sources", "a list of at most %d sources is expected".formatted(MOST));
        } else {
            return each(list, access);
        }
        return List.of();
    }

    private List<SourceSpec> each(ArrayNode list, FileAccess access) {
        List<SourceSpec> read = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String field = "sources[" + i + "]";
            if (list.get(i) instanceof ObjectNode object) {
                errors.collect(field, () -> read.add(source(object, access)));
            } else {
                add(field, "an object is expected");
            }
        }
        if (read.stream().map(SourceSpec::name).distinct().count() < read.size()) {
            add("sources", "two sources have one name, or one place and no name; name them");
        }
        return read;
    }

    private SourceSpec source(ObjectNode object, FileAccess access) {
        ObjectNode own =
                object.get("probe") instanceof ObjectNode template
                        ? template
                        : JsonNodeFactory.instance.objectNode();
        ObjectNode template = Merge.probe(usualProbe, own);
        reader.requireReadable(template);
        SourceSpec source = new SourceReader(mapper, access).read(object, template);
        if (source.discovery() instanceof Discovery.Files files && files.outside() != null) {
            throw new InvalidRequestException(
                    List.of(
                            InvalidField.of(
                                    "file_sd.files", files.outside(), SourceReader.OUTSIDE)));
        }
        return source;
    }

    private void add(String field, String message) {
        errors.add(PATH, InvalidField.of(field, null, message));
    }
}
