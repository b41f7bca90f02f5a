package dev.sonde.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContextImpl;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How often the schema of a record is resolved.
class ResolvedTypesTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final ResolvedTypes types = new ResolvedTypes();

    @Test
    void aRecordIsResolvedOnceWhenTwoResponsesOfADocumentNameIt() {
        Components document = new Components();
        Schema<?> first = resolve(document);
        Schema<?> second = resolve(document);
        assertThat(second).isSameAs(first);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRecordIsResolvedAgainWhenAnotherDocumentNamesIt() {
        Schema<?> first = resolve(new Components());
        Schema<?> second = resolve(new Components());
        assertThat(second).isNotSameAs(first);
        assertThat(asked).hasValue(2);
    }

    private @Nullable Schema<?> resolve(Components document) {
        ModelConverter resolver =
                (type, context, chain) -> {
                    asked.incrementAndGet();
                    return new ObjectSchema().name("Named");
                };
        return new ModelConverterContextImpl(List.of(types, resolver))
                .resolve(new AnnotatedType(Named.class).components(document));
    }

    private record Named(String name) {}
}
