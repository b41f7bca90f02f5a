package dev.sonde.api.document;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Puts the document into the form that generated clients can use with their default options:
/// behaviours selected by type, no defaults, success before problems. Groups and paths stand in the
/// order in which a person uses them.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class ClientDocument implements GlobalOpenApiCustomizer {

    private static final List<String> GROUPS =
            List.of(
                    "Checks",
                    "Probes",
                    "Listeners",
                    "Certificates",
                    "Definitions",
                    "Results",
                    "History",
                    "Maintenances",
                    "Events");

    private final OwnAddress own;

    ClientDocument(OwnAddress own) {
        this.own = own;
    }

    @Override
    public void customise(OpenAPI api) {
        StepSchemas.describe(api.getComponents());
        api.getComponents().getSchemas().values().forEach(ClientDocument::sayDefaults);
        for (PathItem path : api.getPaths().values()) {
            path.readOperations().forEach(ClientDocument::describe);
            path.readOperations().forEach(ExampleResource::read);
            path.readOperations().forEach(own::describe);
            path.readOperations().forEach(ExampleForm::describe);
        }
        OperationOrder.describe(api);
        describeFound(api);
        describeEvents(api);
        sortPaths(api);
        if (api.getTags() != null) {
            api.setTags(
                    api.getTags().stream()
                            .sorted(Comparator.comparingInt((Tag tag) -> group(tag.getName())))
                            .toList());
        }
    }

    /// A number or a text, so its schema names no type.
    private static void describeFound(OpenAPI api) {
        Schema<?> unmet = api.getComponents().getSchemas().get("Unmet");
        if (unmet != null && unmet.getProperties() != null) {
            Schema<?> found = unmet.getProperties().get("found");
            if (found != null) {
                found.setType(null);
                found.setTypes(null);
            }
        }
    }

    /// The stream is text for a client; its data are of this schema.
    private static void describeEvents(OpenAPI api) {
        PathItem events = api.getPaths().get("/api/v1/events");
        if (events == null || events.getGet() == null) {
            return;
        }
        ApiResponse stream = events.getGet().getResponses().get("200");
        if (stream == null) {
            return;
        }
        stream.getContent()
                .values()
                .forEach(
                        content ->
                                content.getSchema()
                                        .contentSchema(
                                                new Schema<>()
                                                        .$ref(
                                                                "#/components/schemas/ListenerEvent")));
    }

    private static void describe(Operation operation) {
        ApiResponses sorted = new ApiResponses();
        Map<String, ApiResponse> byStatus = new TreeMap<>(operation.getResponses());
        byStatus.forEach(sorted::addApiResponse);
        operation.setResponses(sorted);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ClientDocument::describe);
        }
    }

    private static void describe(Parameter parameter) {
        if ("limit".equals(parameter.getName())) {
            Schema<?> number = new IntegerSchema();
            number.setMinimum(BigDecimal.ONE);
            number.setMaximum(BigDecimal.valueOf(1_000));
            parameter.setSchema(number);
            parameter.setDescription("Items on a page, 100 when absent");
        } else if ("cursor".equals(parameter.getName())) {
            parameter.setSchema(new StringSchema().maxLength(128));
        }
    }

    /// A generator sends a field that has a default, and a type checker demands it.
    private static void sayDefaults(Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        for (Schema<?> property : schema.getProperties().values()) {
            Object usual = property.getDefault();
            if (usual != null) {
                String before = property.getDescription() == null ? "" : property.getDescription();
                property.setDescription(
                        before + (before.isEmpty() ? "" : ". ") + "When absent: " + usual);
                property.setDefault(null);
                property.setDefaultSetFlag(false);
            }
        }
    }

    private static void sortPaths(OpenAPI api) {
        Paths sorted = new Paths();
        api.getPaths().entrySet().stream()
                .sorted(
                        Comparator.comparingInt(
                                        (Map.Entry<String, PathItem> entry) ->
                                                group(tag(entry.getValue())))
                                .thenComparingInt(entry -> isOneOfMany(entry.getKey()) ? 1 : 0))
                .forEach(entry -> sorted.addPathItem(entry.getKey(), entry.getValue()));
        sorted.setExtensions(api.getPaths().getExtensions());
        api.setPaths(sorted);
    }

    private static String tag(PathItem path) {
        return path.readOperations().stream()
                .flatMap(operation -> operation.getTags().stream())
                .findFirst()
                .orElse("");
    }

    private static int group(String tag) {
        int group = GROUPS.indexOf(tag);
        return group < 0 ? GROUPS.size() : group;
    }

    /// Whether the path names one of a collection's resources.
    private static boolean isOneOfMany(String path) {
        return path.contains("{");
    }
}
