package dev.sonde.security;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Describes tokens in the OpenAPI document, so that Swagger UI has its button to authorise. Runs
/// first, because problem responses get their schema later.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecuredOpenApi implements GlobalOpenApiCustomizer {

    private static final String SCHEME = "bearer";
    private static final String HEALTH = "/-/healthy";

    private final AccessMode mode;

    SecuredOpenApi(AccessMode mode) {
        this.mode = mode;
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSecuritySchemes(
                        SCHEME,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A configured token, or a JWT of the OAuth2 server"));
        api.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        if (mode.isOpen()) {
            api.addSecurityItem(new SecurityRequirement());
        }
        api.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperations()
                                        .forEach(operation -> describe(path, operation)));
    }

    private static void describe(String path, Operation operation) {
        if (path.equals(HEALTH)) {
            operation.setSecurity(List.of()); // everybody may ask
            var _ =
                    add(
                            operation.getResponses(),
                            "403",
                            "The service is not asked under this name");
        } else {
            describe(operation);
        }
    }

    private static void describe(Operation operation) {
        ApiResponses responses = operation.getResponses();
        add(responses, "401", "The request has no valid token");
        add(responses, "403", "The caller's role does not allow it");
        add(responses, "429", "The caller exceeds its rate of requests")
                .addHeaderObject(
                        "Retry-After",
                        new Header().description("Seconds").schema(new IntegerSchema()));
    }

    private static ApiResponse add(ApiResponses responses, String status, String description) {
        return responses.computeIfAbsent(status, _ -> new ApiResponse().description(description));
    }
}
