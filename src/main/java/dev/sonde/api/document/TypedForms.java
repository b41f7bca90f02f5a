package dev.sonde.api.document;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The schemas of sealed written forms: one for each record, selected by the field that names the
/// type.
@Component
final class TypedForms implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = type.getType() == null ? null : Json.mapper().constructType(type.getType());
        Class<?> raw = java == null ? null : java.getRawClass();
        if (raw != null && raw.isSealed() && raw.isAnnotationPresent(JsonTypeInfo.class)) {
            String name = name(raw);
            if (!context.getDefinedModels().containsKey(name)) {
                // It is defined before its records are, since one of them may hold another.
                Schema<Object> any = new Schema<>();
                context.defineModel(name, any, type, null);
                describe(any, raw, context);
            }
            return new Schema<>().$ref(REFERENCE + name);
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    /// The fields of a record without a word of its own may stand beside those of any other.
    @SuppressWarnings("rawtypes") // as the library has it
    private static void describe(Schema<Object> any, Class<?> form, ModelConverterContext context) {
        String field = form.getAnnotation(JsonTypeInfo.class).property();
        any.setDescription(annotation(form).description());
        Discriminator discriminator = new Discriminator().propertyName(field);
        Map<String, Schema> beside = new LinkedHashMap<>();
        for (Class<?> each : form.getPermittedSubclasses()) {
            if (!each.isAnnotationPresent(JsonTypeName.class)) {
                beside.putAll(model(each, context).getProperties());
            }
        }
        for (Class<?> each : form.getPermittedSubclasses()) {
            JsonTypeName word = each.getAnnotation(JsonTypeName.class);
            if (word == null) {
                continue;
            }
            Schema<?> one = model(each, context);
            nameType(one, field, word.value());
            beside.forEach(one::addProperty);
            any.addOneOfItem(new Schema<>().$ref(REFERENCE + name(each)));
            discriminator.mapping(word.value(), REFERENCE + name(each));
        }
        any.setDiscriminator(discriminator);
    }

    private static Schema<?> model(Class<?> form, ModelConverterContext context) {
        context.resolve(new AnnotatedType(form).resolveAsRef(true));
        return Objects.requireNonNull(context.getDefinedModels().get(name(form)));
    }

    @SuppressWarnings("rawtypes") // as the library has it
    private static void nameType(Schema<?> one, String field, String value) {
        Schema<String> word = new Schema<>();
        word.addType("string");
        word.setDescription("The word of this type");
        word.setEnum(List.of(value));
        Map<String, Schema> properties = new LinkedHashMap<>();
        properties.put(field, word);
        properties.putAll(Objects.requireNonNullElse(one.getProperties(), Map.of()));
        one.setProperties(properties);
        if (one.getTypes() == null) {
            one.addType("object"); // a record without components has none
        }
        one.addRequiredItem(field);
    }

    private static io.swagger.v3.oas.annotations.media.Schema annotation(Class<?> type) {
        return type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    }

    private static String name(Class<?> type) {
        return annotation(type).name();
    }
}
