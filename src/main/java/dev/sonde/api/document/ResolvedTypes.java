package dev.sonde.api.document;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The schemas of records, each resolved once for a document. The library itself would resolve a
/// record for every response and property of its type. Each time it would resolve all records
/// below, too.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ResolvedTypes implements ModelConverter {

    private static final String SWAGGER = "io.swagger.";

    /// Written and read by the thread that makes a document. Each document has its own, since
    /// customizers change its schemas.
    private volatile Known known = new Known(new Components(), Map.of());

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        ModelConverter next = chain.next();
        Components document = type.getComponents();
        Class<?> plain = plainRecord(type);
        if (document == null || plain == null) {
            return next.resolve(type, context, chain);
        }
        Map<Key, Resolved> ofDocument = knownOf(document);
        Key key = new Key(plain, type.isResolveAsRef(), type.isSchemaProperty());
        Resolved found = ofDocument.get(key);
        if (found != null) {
            return found.in(context, type);
        }
        Schema<?> schema = next.resolve(type, context, chain);
        if (schema != null) {
            ofDocument.put(
                    key, new Resolved(schema, new LinkedHashMap<>(context.getDefinedModels())));
        }
        return schema;
    }

    @SuppressWarnings("ReferenceEquality") // equal documents are not one document
    private Map<Key, Resolved> knownOf(Components document) {
        Known current = known;
        if (current.document != document) {
            current = new Known(document, new ConcurrentHashMap<>());
            known = current;
        }
        return current.types;
    }

    /// The record that a type is, if no annotation at its place changes its schema.
    private static @Nullable Class<?> plainRecord(AnnotatedType type) {
        Type java = type.getType();
        Class<?> raw =
                java instanceof JavaType resolved
                        ? resolved.getRawClass()
                        : java instanceof Class<?> named ? named : null;
        boolean isPlain =
                raw != null
                        && raw.isRecord()
                        && raw.getTypeParameters().length == 0
                        && type.getName() == null
                        && !isAnnotated(type);
        return isPlain ? raw : null;
    }

    private static boolean isAnnotated(AnnotatedType type) {
        Annotation[] annotations = type.getCtxAnnotations();
        return annotations != null
                && Stream.of(annotations)
                        .anyMatch(one -> one.annotationType().getName().startsWith(SWAGGER));
    }

    private record Known(Components document, Map<Key, Resolved> types) {}

    private record Key(Class<?> type, boolean isReference, boolean isProperty) {}

    @SuppressWarnings("rawtypes") // as the library has it
    private record Resolved(Schema<?> schema, Map<String, Schema> models) {

        @Nullable Schema<?> in(ModelConverterContext context, AnnotatedType type) {
            var unwrapped = type.getJsonUnwrappedHandler();
            if (unwrapped != null && unwrapped.apply(type) == null) {
                return null; // its properties are the parent's now
            }
            models.forEach(
                    (name, model) -> {
                        if (!context.getDefinedModels().containsKey(name)) {
                            context.defineModel(name, model);
                        }
                    });
            return schema;
        }
    }
}
