package dev.sonde.api.document;

import dev.sonde.blackbox.BlackboxTag;
import dev.sonde.form.InvalidField;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The problem responses of every operation: their statuses by rule, each with schema and example.
/// This customizer runs after the one of the tokens and before the document is sorted.
@Component
@Order(0)
final class ProblemResponses implements GlobalOpenApiCustomizer {

    private static final String UNAVAILABLE = "503";
    private static final String PROBLEM = "#/components/schemas/Problem";

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().forEach(ProblemResponses::describe);
    }

    private static void describe(String path, PathItem item) {
        item.readOperationsMap()
                .forEach(
                        (method, operation) -> {
                            if (!operation.getTags().contains(BlackboxTag.NAME)) {
                                new ErrorRule(path, method, operation).apply();
                                describe(operation);
                            }
                        });
    }

    private static void describe(Operation operation) {
        operation
                .getResponses()
                .forEach(
                        (status, response) -> {
                            if (status.startsWith("4") || status.startsWith("5")) {
                                describe(response, example(Integer.parseInt(status), operation));
                            }
                            if (status.equals(UNAVAILABLE)) {
                                response.addHeaderObject(
                                        "Retry-After",
                                        new Header()
                                                .description("Seconds")
                                                .schema(new IntegerSchema()));
                            }
                        });
    }

    private static ProblemDocument example(int status, Operation operation) {
        return switch (status) {
            case 400 -> invalid(operation);
            case 503 ->
                    ProblemType.STORE_UNAVAILABLE.because("nothing was changed; probing goes on");
            case 507 -> ProblemType.DEFINITIONS_FULL.because(status);
            default -> ProblemType.of(status).because(status);
        };
    }

    /// An invalid request whose wrong field is one of the operation's.
    private static ProblemDocument invalid(Operation operation) {
        InvalidField field = wrongField(operation);
        return ProblemType.INVALID_REQUEST
                .because(field.field() + ": " + field.message())
                .withErrors(List.of(field));
    }

    private static InvalidField wrongField(Operation operation) {
        if (operation.getRequestBody() != null) {
            return new InvalidField(
                    "settings.timeout", "5 parsecs", "a duration is expected, like 250ms or 1m30s");
        }
        boolean hasLimit =
                operation.getParameters() != null
                        && operation.getParameters().stream()
                                .map(Parameter::getName)
                                .anyMatch("limit"::equals);
        return hasLimit
                ? new InvalidField("limit", "0", "1 to 1000")
                : new InvalidField("page", "2", "no such parameter is known here");
    }

    private static void describe(ApiResponse response, ProblemDocument example) {
        response.setContent(
                new Content()
                        .addMediaType(
                                ProblemDocument.MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>().$ref(PROBLEM))
                                        .example(example)));
    }
}
