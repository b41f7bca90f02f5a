package dev.sonde.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;

/// The form in which examples can be sent. The value of a list is a list. A body of lines is text,
/// because a page would break an object into several lines.
final class ExampleForm {

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String LINES = "application/x-ndjson";

    private ExampleForm() {}

    static void describe(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ExampleForm::describe);
        }
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            describe(operation.getRequestBody().getContent());
            MediaType lines = operation.getRequestBody().getContent().get(LINES);
            if (lines != null && lines.getExample() instanceof JsonNode line) {
                lines.setSchema(
                        new StringSchema().description("Each line is one definition in JSON"));
                lines.setExample(line + "\n");
            }
        }
    }

    /// YAML is the same document, and a page writes its example in the form that is chosen.
    private static void describe(Content content) {
        MediaType yaml = content.get(YAML);
        MediaType json = content.get(JSON);
        if (yaml != null && json != null && json.getExample() != null) {
            yaml.setExample(json.getExample());
        }
    }

    private static void describe(Parameter parameter) {
        boolean isList =
                parameter.getSchema() != null
                        && (parameter.getSchema().getItems() != null
                                || "array".equals(parameter.getSchema().getType()));
        if (isList && parameter.getExample() instanceof String value) {
            parameter.setExample(List.of(value));
        }
    }
}
