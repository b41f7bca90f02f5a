package dev.sonde.api.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Completes the schema of a record by its components. A field is required where its component
/// cannot be null, since it is always there. It has the words of the closed list that its component
/// names.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RecordSchemas implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = type.getType() == null ? null : Json.mapper().constructType(type.getType());
        if (resolved != null && java != null && java.getRawClass().isRecord()) {
            Schema<?> model = model(resolved, context);
            if (model != null && model.getProperties() != null) {
                require(model, java.getRawClass());
                describeWords(model, java.getRawClass());
            }
        }
        return resolved;
    }

    private static @Nullable Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null
                ? resolved
                : context.getDefinedModels()
                        .get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void require(Schema<?> model, Class<?> type) {
        List<String> names = new ArrayList<>();
        collect(type, names);
        for (String name : names) {
            boolean isListed = model.getRequired() != null && model.getRequired().contains(name);
            if (model.getProperties().containsKey(name) && !isListed) {
                model.addRequiredItem(name);
            }
        }
    }

    @SuppressWarnings("unchecked") // a field with words is a string
    private static void describeWords(Schema<?> model, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            WordOf list = component.getAccessor().getAnnotation(WordOf.class);
            Schema<?> field = model.getProperties().get(name(component));
            if (list != null && field != null) {
                ((Schema<String>) field).setEnum(list.value().words());
            } else if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describeWords(model, component.getType());
            }
        }
    }

    private static void collect(Class<?> type, List<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                collect(component.getType(), names);
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                names.add(name(component));
            }
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }
}
