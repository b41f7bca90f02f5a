package dev.sonde.api.document;

import com.fasterxml.jackson.databind.JavaType;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Paged;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The schemas of pages, each with a name of its own. The library would name a page after its type
/// and its items' type, and generated clients would have that name.
@Component
final class PageSchemas implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    /// A page with items of this type.
    static JavaType pageOf(Class<?> items) {
        return Json.mapper().getTypeFactory().constructParametricType(PageView.class, items);
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = type.getType() == null ? null : Json.mapper().constructType(type.getType());
        if (java != null && java.hasRawClass(PageView.class)) {
            Class<?> items = java.containedType(0).getRawClass();
            Paged described = items.getAnnotation(Paged.class);
            context.defineModel(
                    described.name(),
                    schema(described, context.resolve(new AnnotatedType(items).resolveAsRef(true))),
                    type,
                    null);
            return new Schema<>().$ref(REFERENCE + described.name());
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    private static Schema<?> schema(Paged described, Schema<?> item) {
        Schema<?> next = text().description("The cursor of the next page; absent on the last one");
        if (!described.cursor().isEmpty()) {
            next.setExample(described.cursor());
        }
        Schema<?> page = new Schema<>().description(described.value());
        page.addType("object");
        page.addProperty("items", list(item).description(described.order()));
        page.addProperty("next", next);
        if (!described.gathered().isEmpty()) {
            page.addProperty("incomplete", incomplete(described.gathered()));
        }
        page.addRequiredItem("items");
        return page;
    }

    private static Schema<?> incomplete(String what) {
        Schema<?> replicas = list(text());
        replicas.setDescription(
                "Replicas that did not answer within a second; their %s are missing. Absent if all answered"
                        .formatted(what));
        replicas.setExample(List.of("sonde-2"));
        return replicas;
    }

    private static Schema<?> list(Schema<?> item) {
        Schema<?> list = new ArraySchema().items(item);
        list.addType("array");
        return list;
    }

    private static Schema<?> text() {
        Schema<?> text = new StringSchema();
        text.addType("string");
        return text;
    }
}
