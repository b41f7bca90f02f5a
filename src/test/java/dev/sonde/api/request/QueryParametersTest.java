package dev.sonde.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Query parameters of every operation in the API's document.
@HttpTest
class QueryParametersTest {

    private static final String PREFIX = "/api/v1";

    @Autowired RestTestClient http;
    @Autowired JsonMapper json;
    @LocalServerPort int port;
    private HttpCalls calls;
    private String check;

    /// One operation of the document.
    record Operation(String method, String path, JsonNode description) {

        List<String> parameters(String schemaPart) {
            List<String> names = new ArrayList<>();
            for (JsonNode each : description.path("parameters")) {
                JsonNode schema = each.path("schema");
                boolean isWanted = schema.has(schemaPart) || schema.path("items").has(schemaPart);
                if (isWanted && each.path("in").asString().equals("query")) {
                    names.add(each.path("name").asString());
                }
            }
            return names;
        }
    }

    @BeforeEach
    void makeOneOfEach() {
        calls = new HttpCalls(port);
        calls.put("/probes/one", "{\"target\":\"127.0.0.1:" + port + "\",\"interval\":\"1h\"}");
        calls.put("/listeners/one", "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}");
        check = calls.post("/checks?wait=false", "{\"targets\":[\"127.0.0.1:1\"]}").at("/id");
    }

    @AfterEach
    void deleteThem() {
        calls.delete("/probes/one");
        calls.delete("/listeners/one");
        calls.close();
    }

    @Test
    void anUnknownParameterIsRefusedByEveryOperation() {
        forEach(operation -> expect(operation, "nonsense", "1", "known"));
    }

    @Test
    void aHeaderIsNoParameter() {
        http.get()
                .uri(PREFIX + "/probes")
                .header("limit", "0")
                .header("label", "===")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void anUnknownWordIsRefusedWhereAListIsClosed() {
        forEach(
                operation ->
                        operation
                                .parameters("enum")
                                .forEach(name -> expect(operation, name, "nonsense", "one of")));
    }

    @Test
    void aCursorIsRefusedWhenItWasNotHandedOut() {
        forEach(
                operation -> {
                    if (operation.parameters("type").contains("cursor")) {
                        expect(operation, "cursor", "zzz", "earlier page");
                        expect(operation, "cursor", "17", "earlier page");
                    }
                });
    }

    @Test
    void aCursorIsRefusedWhenAnotherListHandedItOut() {
        calls.put("/probes/two", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1h\"}");
        String next = calls.get("/probes?limit=1").at("/next");
        assertThat(next).isNotEmpty();
        assertThat(calls.get("/probes?cursor=" + next).status()).isEqualTo(200);
        assertThat(calls.get("/probes?cursor=" + next + "A").problem()).isEqualTo("400 cursor");
        assertThat(calls.get("/listeners?cursor=" + next).problem()).isEqualTo("400 cursor");
        calls.delete("/probes/two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=10x", "limit=%201", "limit=1&limit=2", "limit=0", "since=-24hx",
                "since=2026-11-20x", "until=2026-13-01", "since=--1h", "since=-P1", "since="
            })
    void aValueIsRefusedWhenItHasMoreThanIsMeant(String query) {
        String name = query.substring(0, query.indexOf('='));
        assertThat(calls.get("/probes/one/results?" + query).problem()).isEqualTo("400 " + name);
    }

    private void forEach(Consumer<Operation> check) {
        JsonNode paths =
                json.readTree(
                                http.get()
                                        .uri("/v3/api-docs")
                                        .exchange()
                                        .expectBody(String.class)
                                        .returnResult()
                                        .getResponseBody())
                        .path("paths");
        paths.forEachEntry(
                (path, item) -> {
                    if (path.startsWith(PREFIX)) {
                        item.forEachEntry(
                                (method, operation) ->
                                        check.accept(new Operation(method, path, operation)));
                    }
                });
    }

    private void expect(Operation operation, String name, String value, String sentence) {
        String id = operation.path().contains("/checks/") ? check : check.replace('a', 'b');
        String path =
                operation
                        .path()
                        .substring(PREFIX.length())
                        .replace("{name}", "one")
                        .replace("{set}", "one")
                        .replace("{figure}", "state")
                        .replace("{id}", id);
        String type =
                operation
                        .description()
                        .at("/requestBody/content")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("application/json");
        Answer answer =
                calls.with(
                        operation.method().toUpperCase(Locale.ROOT),
                        path + "?" + name + "=" + value,
                        type,
                        "{}");
        assertThat(answer.problem())
                .as("%s %s: %s", operation.method(), path, answer.text())
                .isEqualTo("400 " + name);
        assertThat(answer.at("/errors/0/message")).contains(sentence);
    }
}
