package dev.sonde.api.replica;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The headers for requests to several replicas, in the API's document.
@Component
@Order(1)
final class ReplicaHeaders implements GlobalOpenApiCustomizer {

    private static final Pattern HELD =
            Pattern.compile("/api/v1/(checks|results|listeners|events)(/.+)?");
    private static final Pattern NUMBERED = Pattern.compile("/api/v1/(probes|definitions)(/.+)?");

    private static final String STAY =
            "Any value: this replica answers with 421 instead of forwarding the request, and with its"
                    + " own items only";
    private static final String WAIT =
            "The number of a change: the answer waits for it, at most a second";
    private static final String NUMBER =
            "The number of the newest change that this replica knows; only among replicas";

    @Override
    public void customise(OpenAPI api) {
        api.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperationsMap()
                                        .forEach(
                                                (method, operation) ->
                                                        describe(path, method, operation)));
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        if (HELD.matcher(path).matches()) {
            operation.addParametersItem(
                    new HeaderParameter()
                            .name(HolderExchange.NO_FORWARD)
                            .description(STAY)
                            .schema(new StringSchema()));
        }
        if (NUMBERED.matcher(path).matches()) {
            if (method == HttpMethod.GET) {
                operation.addParametersItem(
                        new HeaderParameter()
                                .name(Versions.HEADER)
                                .description(WAIT)
                                .schema(new IntegerSchema().format("int64")));
            }
            addNumber(operation);
        }
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
