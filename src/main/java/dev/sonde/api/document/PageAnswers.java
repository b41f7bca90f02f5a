package dev.sonde.api.document;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/// Describes the answers that are pages.
@Component
final class PageAnswers implements GlobalOperationComponentsCustomizer {

    private static final String JSON = "application/json";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        return operation; // the library calls the other one
    }

    @Override
    public Operation customize(Operation operation, Components components, HandlerMethod method) {
        PageAnswer answer = method.getMethodAnnotation(PageAnswer.class);
        if (answer != null) {
            ResolvedSchema page =
                    ModelConverters.getInstance(true)
                            .resolveAsResolvedSchema(
                                    new AnnotatedType(PageSchemas.pageOf(answer.of()))
                                            .components(components)
                                            .resolveAsRef(true));
            page.referencedSchemas.forEach(components::addSchemas);
            MediaType content = new MediaType().schema(page.schema);
            content.setExample(answer.example());
            operation
                    .getResponses()
                    .addApiResponse(
                            answer.status(),
                            new ApiResponse()
                                    .description(answer.value())
                                    .content(new Content().addMediaType(JSON, content)));
        }
        return operation;
    }
}
