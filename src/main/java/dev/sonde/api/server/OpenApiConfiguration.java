package dev.sonde.api.server;

import dev.sonde.api.listener.ListenerEventView;
import dev.sonde.blackbox.BlackboxTag;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.spec.Phase;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The API's description of itself, as far as it is the same for every operation.
@OpenAPIDefinition // so the library does not look for one in every class
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String LISTENERS = "/api/v1/listeners";
    private static final String PROBLEM = "#/components/schemas/Problem";

    @Bean
    OpenAPI description(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Sonde")
                                .description(
                                        "Tells whether a TCP endpoint can be reached and, if not, why.")
                                .version(version == null ? "development" : version)
                                .license(
                                        new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    /// Gives every problem response its schema, so that an operation has only to name the status.
    @Bean
    GlobalOpenApiCustomizer problemResponses() {
        return api -> {
            addSchema(api.getComponents(), "Problem", ProblemDocument.class);
            addSchema(api.getComponents(), "ListenerEvent", ListenerEventView.class);
            describeWords(api.getComponents().getSchemas());
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .filter(operation -> !operation.getTags().contains(BlackboxTag.NAME))
                    .forEach(OpenApiConfiguration::describeProblems);
            api.getPaths().forEach(OpenApiConfiguration::describeReplicas);
            api.getPaths().forEach(OpenApiConfiguration::describeStore);
        };
    }

    /// What lives on one replica can be asked for at another.
    private static void describeReplicas(String path, PathItem item) {
        if (path.matches("/api/v1/(checks|results|listeners)/.+") || path.matches(LISTENERS)) {
            item.readOperationsMap().entrySet().stream()
                    .filter(entry -> !path.matches(LISTENERS) || entry.getKey() == HttpMethod.POST)
                    .forEach(entry -> addReplicaProblem(entry.getValue()));
        }
    }

    /// What lives in the database cannot be had while that is away.
    private static void describeStore(String path, PathItem item) {
        if (path.matches("/api/v1/(probes|results|listeners|definitions)(/.+)?")) {
            ProblemDocument problem =
                    ProblemType.STORE_UNAVAILABLE.because("nothing was changed; probing goes on");
            item.readOperations()
                    .forEach(
                            operation ->
                                    operation
                                            .getResponses()
                                            .addApiResponse(
                                                    Integer.toString(problem.status()),
                                                    storeProblem(problem)));
        }
    }

    private static ApiResponse storeProblem(ProblemDocument problem) {
        ApiResponse response =
                new ApiResponse()
                        .description("The database does not answer")
                        .addHeaderObject(
                                "Retry-After",
                                new Header().description("Seconds").schema(new IntegerSchema()));
        describeProblem(response, problem);
        return response;
    }

    private static void addReplicaProblem(Operation operation) {
        ApiResponse response = new ApiResponse().description("Another replica has it");
        int status = ProblemType.HELD_BY_ANOTHER_REPLICA.because("").status();
        describeProblem(status, response);
        operation.getResponses().addApiResponse(Integer.toString(status), response);
    }

    /// Adds the schema of something that no operation names as its answer.
    private static void addSchema(Components components, String name, Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type));
        resolved.referencedSchemas.forEach(components::addSchemas);
        components.addSchemas(name, resolved.schema);
    }

    /// The closed lists stand in one place, in the code.
    @SuppressWarnings("rawtypes") // as the library has it
    private static void describeWords(Map<String, Schema> schemas) {
        List<String> phases = Arrays.stream(Phase.values()).map(Phase::label).toList();
        List<String> reasons = new ArrayList<>(List.of("connected"));
        Arrays.stream(FailureReason.values()).map(FailureReason::label).forEach(reasons::add);
        Arrays.stream(NotProbedReason.values()).map(NotProbedReason::label).forEach(reasons::add);
        for (Schema<?> schema : schemas.values()) {
            allow(schema, "phase", phases);
            if (schema.getProperties() != null && schema.getProperties().containsKey("outcome")) {
                allow(schema, "reason", reasons);
            }
        }
    }

    @SuppressWarnings("unchecked") // both properties are strings
    private static void allow(Schema<?> schema, String property, List<String> words) {
        if (schema.getProperties() != null && schema.getProperties().containsKey(property)) {
            ((Schema<String>) schema.getProperties().get(property)).setEnum(words);
        }
    }

    private static void describeProblems(Operation operation) {
        operation
                .getResponses()
                .forEach(
                        (status, response) -> {
                            if (status.startsWith("4")) {
                                describeProblem(Integer.parseInt(status), response);
                            }
                        });
    }

    private static void describeProblem(int status, ApiResponse response) {
        describeProblem(response, ProblemType.of(status).because(status));
    }

    private static void describeProblem(ApiResponse response, ProblemDocument example) {
        response.setContent(
                new Content()
                        .addMediaType(
                                ProblemDocument.MEDIA_TYPE,
                                new MediaType()
                                        .schema(new Schema<>().$ref(PROBLEM))
                                        .example(example)));
    }
}
