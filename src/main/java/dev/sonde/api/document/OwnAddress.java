package dev.sonde.api.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.policy.ServiceReach;
import dev.sonde.probe.spec.Target;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The address of this service in the examples of requests. The examples work unchanged, because
/// the service may always probe its own HTTP port.
@Component
final class OwnAddress {

    private static final String WRITTEN = "127.0.0.1:8080";
    private static final String WRITTEN_NAME = "localhost:8080";
    private static final String WRITTEN_PORT = ":8080";

    private final @Nullable InetAddress address;
    private final Environment environment;

    OwnAddress(ServiceReach reach, Environment environment) {
        this.address = reach.address();
        this.environment = environment;
    }

    void describe(Operation operation) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            operation.getRequestBody().getContent().values().forEach(this::describe);
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(this::describe);
        }
    }

    private void describe(Parameter parameter) {
        parameter.setExample(here(parameter.getExample()));
    }

    private void describe(MediaType content) {
        if (content.getExample() != null) {
            content.setExample(here(content.getExample()));
        }
        Map<String, Example> examples = content.getExamples();
        if (examples != null) {
            examples.values().forEach(example -> example.setValue(here(example.getValue())));
        }
    }

    private @Nullable Object here(@Nullable Object example) {
        return switch (example) {
            case String text -> here(text);
            case JsonNode node -> read(here(node.toString()));
            case null -> null;
            default -> example;
        };
    }

    private String here(String text) {
        String port = ":" + environment.getProperty("local.server.port", "8080");
        String host = host();
        return text.replace(WRITTEN, host + port)
                .replace(WRITTEN_NAME, (isLoopbackThere() ? "localhost" : host) + port)
                .replace(WRITTEN_PORT, port);
    }

    private String host() {
        InetAddress own = address;
        if (own == null || own.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return Target.bracketed(own.getHostAddress());
    }

    private boolean isLoopbackThere() {
        return address == null || address.isAnyLocalAddress() || address.isLoopbackAddress();
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example with the own address is not JSON", e);
        }
    }
}
