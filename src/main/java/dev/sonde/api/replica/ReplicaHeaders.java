package dev.sonde.api.replica;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The response header with the number of a change, in the API's document.
///
/// The request headers for replicas are no parameters there. A generated client would have each of
/// them as one more argument of its methods, and one replica ignores them.
@Component
@Order(1)
final class ReplicaHeaders implements GlobalOpenApiCustomizer {

    private static final Pattern NUMBERED = Pattern.compile("/api/v1/(probes|definitions)(/.+)?");

    private static final String NUMBER =
            "The number of the newest change that this replica knows; only among replicas";

    @Override
    public void customise(OpenAPI api) {
        api.getPaths()
                .forEach(
                        (path, item) -> {
                            if (NUMBERED.matcher(path).matches()) {
                                item.readOperations().forEach(ReplicaHeaders::addNumber);
                            }
                        });
    }

    private static void addNumber(Operation operation) {
        operation
                .getResponses()
                .forEach(
                        (status, response) -> {
                            if (status.startsWith("2")) {
                                response.addHeaderObject(
                                        Versions.HEADER,
                                        new Header()
                                                .description(NUMBER)
                                                .schema(new IntegerSchema().format("int64")));
                            }
                        });
    }
}
