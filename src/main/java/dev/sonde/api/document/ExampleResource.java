package dev.sonde.api.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An example that an annotation names by its resource, such as `openapi/probe/request.json`. The
/// document contains its text, or its value if it is JSON.
final class ExampleResource {

    private static final String FOLDER = "openapi/";
    private static final String JSON = ".json";

    private ExampleResource() {}

    /// Reads every example of this operation.
    ///
    /// @throws IllegalStateException where an annotation names a missing or malformed resource
    static void read(Operation operation) {
        if (operation.getRequestBody() != null) {
            read(operation.getRequestBody().getContent());
        }
        operation.getResponses().values().forEach(response -> read(response.getContent()));
    }

    private static void read(@Nullable Content content) {
        if (content != null) {
            content.values().forEach(ExampleResource::read);
        }
    }

    private static void read(MediaType content) {
        if (content.getExample() instanceof String name && name.startsWith(FOLDER)) {
            content.setExample(value(name));
        }
        if (content.getExamples() != null) {
            content.getExamples()
                    .values()
                    .forEach(
                            example -> {
                                if (example.getValue() instanceof String name
                                        && name.startsWith(FOLDER)) {
                                    example.setValue(value(name));
                                }
                            });
        }
    }

    private static Object value(String name) {
        String text = text(name);
        try {
            return name.endsWith(JSON) ? Json.mapper().readTree(text) : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the example " + name + " is not JSON", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = ExampleResource.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the example " + name + " does not exist");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the example " + name + " cannot be read", e);
        }
    }
}
