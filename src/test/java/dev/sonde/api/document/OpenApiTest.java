package dev.sonde.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import dev.sonde.blackbox.BlackboxTag;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.FaultEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the API says of itself.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class OpenApiTest {

    private static final Set<String> WITH_BODY = Set.of("post", "put", "patch");

    @LocalServerPort int port;
    @Autowired RestTestClient http;
    @Autowired JsonMapper json;

    @Test
    void everyOperationIsDescribedWhenTheDocumentIsRead() {
        List<String> lacking = new ArrayList<>();
        operations()
                .forEach(
                        (name, operation) -> {
                            need(lacking, name, "summary", operation.hasNonNull("summary"));
                            need(lacking, name, "description", operation.hasNonNull("description"));
                            need(lacking, name, "tag", !operation.path("tags").isEmpty());
                            need(lacking, name, "4xx problem", hasProblem(operation));
                            need(lacking, name, "example", hasExamples(name, operation));
                        });
        assertThat(lacking).isEmpty();
    }

    @Test
    void everyPropertyIsDescribedWhenItIsNoReference() {
        List<String> lacking = new ArrayList<>();
        document()
                .at("/components/schemas")
                .forEachEntry(
                        (schema, definition) ->
                                definition
                                        .path("properties")
                                        .forEachEntry(
                                                (property, value) ->
                                                        need(
                                                                lacking,
                                                                schema + "." + property,
                                                                "description",
                                                                value.has("description")
                                                                        || value.has("$ref"))));
        assertThat(lacking).isEmpty();
    }

    @Test
    void theExampleIsAnsweredWhenItIsSentAsItStands() {
        JsonNode examples =
                operations()
                        .get("post /api/v1/checks")
                        .at("/requestBody/content/application~1json/examples");
        assertThat(examples).isNotEmpty();
        for (JsonNode example : examples) {
            http.post()
                    .uri("/api/v1/checks")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(example.path("value").toString())
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void theWordsOfTheClosedListsAreThereWhenAResultIsDescribed() {
        JsonNode result = document().at("/components/schemas/Result/properties");
        assertThat(result.at("/outcome/enum")).hasSize(3);
        assertThat(result.at("/reason/enum").toString()).contains("\"refused\"", "\"cancelled\"");
        assertThat(result.at("/phase/enum").toString()).contains("\"connect\"");
    }

    @Test
    void bothFormsAreDescribedWhereBytesMayStand() {
        JsonNode schemas = document().at("/components/schemas");
        for (String field : List.of("DialogueStep/send", "BannerBehaviour/data", "Observe/send")) {
            JsonNode forms = schemas.at("/" + field.replace("/", "/properties/") + "/oneOf");
            assertThat(forms.toString()).as(field).contains("\"string\"", "/Base64\"");
        }
    }

    @Test
    void aBehaviourIsOneOfTheTypesWhenAClientIsGenerated() {
        JsonNode schemas = document().at("/components/schemas");
        assertThat(schemas.at("/Behaviour/discriminator/propertyName").asString())
                .isEqualTo("type");
        assertThat(schemas.at("/Behaviour/oneOf"))
                .hasSize(Behaviour.class.getPermittedSubclasses().length - 1);
        assertThat(schemas.at("/EchoBehaviour/properties").propertyNames())
                .containsExactlyInAnyOrder("type", "delay", "jitter", "probability", "otherwise");
        assertThat(schemas.at("/Fault/discriminator/mapping").propertyNames())
                .contains("latency", "stall")
                .hasSameSizeAs(FaultEffect.class.getPermittedSubclasses());
        assertThat(schemas.at("/SlicerFault/properties").propertyNames())
                .contains("type", "averageBytes")
                .doesNotContain("latency");
        assertThat(schemas.at("/StallFault/properties/direction/enum")).hasSize(2);
        assertThat(schemas.at("/DialogueStep/properties").has("close")).isFalse();
        assertThat(schemas.at("/Result/required").toString())
                .contains("\"id\"", "\"outcome\"", "\"phases\"");
        assertThat(schemas.findValues("default")).isEmpty();
    }

    @Test
    void successStandsFirstWhenAnOperationIsRead() {
        operations()
                .forEach(
                        (name, operation) ->
                                assertThat(operation.path("responses").propertyNames())
                                        .as(name)
                                        .first()
                                        .asString()
                                        .startsWith("2"));
    }

    @Test
    void theDatabaseMayBeAwayWhereverItIsAsked() {
        assertThat(operations().get("put /api/v1/probes/{name}").at("/responses/503/content"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "post /api/v1/probes, get /api/v1/probes",
        "put /api/v1/probes/{name}, get /api/v1/probes/{name}",
        "put /api/v1/probes/{name}, post /api/v1/probes/{name}/runs",
        "get /api/v1/probes/{name}/results, patch /api/v1/probes/{name}",
        "patch /api/v1/probes/{name}, delete /api/v1/probes/{name}",
        "delete /api/v1/listeners/{name}/connections, delete /api/v1/listeners/{name}",
        "delete /api/v1/listeners/{name}, delete /api/v1/listeners",
    })
    void operationsStandInTheOrderOfUseWhenThePageSortsThem(String first, String second) {
        Map<String, JsonNode> operations = operations();
        assertThat(operations.get(first).path("x-order").intValue())
                .isLessThan(operations.get(second).path("x-order").intValue());
    }

    @Test
    void examplesNameTheServiceItselfWhenTheyAreSent() {
        String bodies =
                operations().values().stream()
                        .map(operation -> operation.path("requestBody").toString())
                        .collect(Collectors.joining());
        assertThat(bodies).contains("127.0.0.1:" + port).doesNotContain(":8080");
    }

    @Test
    void aWrongFieldIsInTheExampleWhenARequestIsNotValid() {
        operations().values().stream()
                .filter(operation -> !isForeign(operation))
                .map(
                        operation ->
                                operation.at(
                                        "/responses/400/content/application~1problem+json/example"))
                .forEach(
                        example ->
                                assertThat(example.at("/errors/0/field").asString()).isNotEmpty());
    }

    @Test
    void noTokenIsAskedForWhenOnlyHealthIs() {
        JsonNode health = operations().get("get /-/healthy");
        assertThat(health.path("security").isArray()).isTrue();
        assertThat(health.path("security")).isEmpty();
        assertThat(health.path("responses").propertyNames()).doesNotContain("401");
    }

    @Test
    void thePageHasItsOwnScriptWhenABrowserAsks() {
        http.get()
                .uri("/swagger-ui/swagger-initializer.js")
                .exchange()
                .expectBody(String.class)
                .value(script -> assertThat(script).contains("sonde.plugin", "sonde.sort"));
    }

    @Test
    void thePageIsServedWhenABrowserAsks() {
        http.get().uri("/swagger-ui/index.html").exchange().expectStatus().isOk();
    }

    /// What is there for the clients of another program answers in that program's words.
    private static boolean isForeign(JsonNode operation) {
        return operation.path("tags").toString().contains(BlackboxTag.NAME);
    }

    private static boolean hasProblem(JsonNode operation) {
        if (isForeign(operation)) {
            return true;
        }
        return operation.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("4"))
                .map(Map.Entry::getValue)
                .anyMatch(
                        response ->
                                response.at("/content/application~1problem+json/schema")
                                        .has("$ref"));
    }

    private static boolean hasExamples(String name, JsonNode operation) {
        Stream<JsonNode> answers =
                operation.path("responses").properties().stream()
                        .filter(response -> response.getKey().startsWith("2"))
                        .flatMap(response -> response.getValue().path("content").valueStream());
        Stream<JsonNode> bodies = operation.at("/requestBody/content").valueStream();
        boolean needsBody =
                WITH_BODY.contains(name.substring(0, name.indexOf(' ')))
                        && operation.has("requestBody");
        return answers.allMatch(OpenApiTest::hasExample)
                && (!needsBody || bodies.anyMatch(OpenApiTest::hasExample));
    }

    private static boolean hasExample(JsonNode content) {
        return content.has("example") || content.has("examples");
    }

    private static void need(List<String> lacking, String where, String what, boolean isThere) {
        if (!isThere) {
            lacking.add(where + ": " + what);
        }
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document()
                .path("paths")
                .forEachEntry(
                        (path, item) ->
                                item.forEachEntry(
                                        (method, operation) ->
                                                operations.put(method + " " + path, operation)));
        return operations;
    }

    private JsonNode document() {
        return json.readTree(
                http.get()
                        .uri("/v3/api-docs")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }
}
