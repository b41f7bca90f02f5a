package dev.sonde.api.body;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.problem.UnreadableBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a body that is a tree already. It names all unknown fields at once. It ignores the fields
/// that the server sets when a view is sent back. Safe for any thread.
@Component
public final class BodyReader {

    private final JsonMapper mapper;
    private final Map<Class<?>, Set<String>> readOnly = new ConcurrentHashMap<>();

    BodyReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Reads a tree as the type.
    ///
    /// @param isSentBack whether read-only fields of the type's view are ignored
    /// @throws InvalidRequestException with all fields that are unknown
    /// @throws JacksonException when a known field has the wrong form
    public <T> T read(JsonNode tree, Class<T> type, boolean isSentBack) {
        return type.cast(read(tree, mapper.constructType(type), isSentBack));
    }

    Object read(JsonNode tree, JavaType type, boolean isSentBack) {
        if (isSentBack && tree instanceof ObjectNode object) {
            object.remove(readOnly.computeIfAbsent(type.getRawClass(), BodyReader::readOnly));
        }
        InvalidFields unknown = new InvalidFields();
        for (int i = 0; i < InvalidFields.MOST; i++) {
            try {
                Object read = mapper.treeToValue(tree, type);
                unknown.throwIfAny();
                return read;
            } catch (UnrecognizedPropertyException e) {
                InvalidField field = UnreadableBody.field(e);
                unknown.add(field.field(), null, field.message());
                remove(tree, e.getPath());
            } catch (JacksonException e) {
                // Unknown fields come first: the other mistake may vanish with them.
                unknown.throwIfAny();
                throw e;
            }
        }
        unknown.throwIfAny();
        throw new IllegalStateException("every turn names a field");
    }

    private static void remove(JsonNode tree, List<JacksonException.Reference> path) {
        JsonNode parent = tree;
        for (JacksonException.Reference step : path.subList(0, path.size() - 1)) {
            parent =
                    parent instanceof ArrayNode array
                            ? array.path(step.getIndex())
                            : parent.path(step.getPropertyName());
        }
        if (!(parent instanceof ObjectNode object)
                || object.remove(path.getLast().getPropertyName()) == null) {
            throw new IllegalStateException("an unknown field stands in an object");
        }
    }

    private static Set<String> readOnly(Class<?> type) {
        SentBackAs view = type.getAnnotation(SentBackAs.class);
        return view == null
                ? Set.of()
                : Arrays.stream(view.value().getRecordComponents())
                        .filter(BodyReader::isReadOnly)
                        .map(RecordComponent::getName)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isReadOnly(RecordComponent component) {
        Schema schema = component.getAccessor().getAnnotation(Schema.class);
        return schema != null && schema.accessMode() == Schema.AccessMode.READ_ONLY;
    }
}
