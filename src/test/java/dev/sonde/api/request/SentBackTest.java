package dev.sonde.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Views that are sent back, and definitions without state.
@HttpTest
class SentBackTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String YAML = "application/yaml";
    private static final String LISTENER =
            """
            {"bind": "127.0.0.1:0", "backlog": 7, "behaviour": {"type": "banner", "data": "hi"},
             "limits": {"idle": "30s"}}""";

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void connect() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void deleteAll() {
        for (JsonNode probe : calls.get("/probes?limit=1000").json().path("items")) {
            calls.delete("/probes/" + probe.path("name").asString());
        }
        calls.delete("/listeners/one");
        calls.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, "application/json", YAML})
    void everyProbeIsRestoredWhenAListGoesBackThroughBulk(String type) {
        makeThirty();
        Answer list = type.equals(YAML) ? yaml("/probes") : calls.get("/probes");
        String body =
                type.equals(NDJSON)
                        ? list.json()
                                .path("items")
                                .valueStream()
                                .map(JsonNode::toString)
                                .collect(Collectors.joining("\n"))
                        : list.text();
        String before = calls.get("/probes?view=definition").text();
        names().forEach(name -> calls.delete("/probes/" + name));
        Answer restored = calls.post("/probes/bulk", type, body);
        assertThat(restored.text()).contains("\"created\":30,\"replaced\":0,\"failed\":0");
        assertThat(calls.get("/probes?view=definition").text()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "/probes/p1, full",
        "/probes/p1, definition",
        "/listeners/one, full",
        "/listeners/one, definition"
    })
    void nothingChangesWhenAViewIsPutBack(String path, String view) {
        makeThirty();
        calls.put("/listeners/one", LISTENER);
        Answer before = calls.get(path + "?view=" + view);
        Answer put = calls.put(path, before.text(), "If-Match", before.header("etag"));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.header("etag")).isEqualTo(before.header("etag"));
        Answer yaml = yaml(path + "?view=" + view);
        assertThat(yaml.header("content-type")).startsWith(YAML);
        Answer again =
                calls.with("PUT", path, YAML, yaml.text(), "If-Match", before.header("etag"));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(calls.get(path + "?view=definition").header("etag"))
                .isEqualTo(before.header("etag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probes/p1", "/probes", "/listeners/one", "/listeners"})
    void aDefinitionIsNotSentAgainWhenTheReaderHasIt(String path) {
        makeThirty();
        calls.put("/listeners/one", LISTENER);
        String definition = path + "?view=definition";
        String tag = calls.get(definition).header("etag");
        assertThat(tag).startsWith("\"");
        assertThat(calls.get(definition, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(calls.get(path, "If-None-Match", tag).status()).isEqualTo(200);
        calls.put("/probes/p1", hourly(2));
        calls.put("/listeners/one", LISTENER.replace(": 7", ": 8"));
        assertThat(calls.get(definition, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT   | /probes/p1    | {'target': 'a:1', 'interval': '1h', 'nope': 1, 'labels': {}, 'neither': {}} | nope,neither",
                "PUT   | /probes/p1    | {'target': 'a:1', 'settings': {'x': 1, 'tls': {'y': 2}}}  | settings.x,settings.tls.y",
                "POST  | /probes       | {'name': 'a', 'state': 'up', 'target': 'a:1'}             | state",
                "PATCH | /probes/p1    | {'state': 'up', 'owner': 'x'}                             | state,owner",
                "PUT   | /listeners/one| {'bind': {'hidden': true}}                                | bind",
                "PUT   | /listeners/one| {'bind': '127.0.0.1:0', 'backlog': {'hidden': true}, 'behaviour': {'type': 'echo'}} | backlog",
                "PUT   | /listeners/one| {'bind': '127.0.0.1:0', 'behaviour': {'type': 'banner', 'data': {'hidden': true}}} | behaviour.data",
                "PUT   | /probes/p1    | {'target': 'a:1', 'interval': '1h', 'settings': {'tls': {'trust': {'hidden': true}}}} | settings.tls.trust",
                "POST  | /checks       | {'targets': ['a:1'], 'x': 1, 'y': [2]}                    | x,y"
            })
    void everyFieldThatIsNotKnownIsNamed(String method, String path, String body, String fields) {
        calls.put("/probes/p1", hourly(1));
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        Answer answer = calls.with(method, path, type, body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder(fields.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target: a:1\ntarget: b:1\ninterval: 1h",
                "a: &a [x, x]\nb: &b [*a, *a]\ntarget: *b\ninterval: 1h",
                "target: !!java.net.URL [\"http://127.0.0.1\"]\ninterval: 1h",
                "target: a:1\ninterval: 1h\nno: [such",
                "--- {target: 'a:1', interval: 1h}\n--- {target: 'a:1', interval: 1h}",
                "target: a:1\ninterval: 1h\npaused: on",
                "target: a:1\ninterval: 1h\nrise: '2'",
                "- target",
                ""
            })
    void yamlIsRefusedWhenItIsNotTheSameAsJson(String body) {
        Answer answer = calls.with("PUT", "/probes/p1", YAML, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/probes, application/problem+json",
        "/probes/p1, application/problem+json",
        "/listeners, application/xml",
        "/certificates, application/problem+json",
        "/checks, text/plain"
    })
    void noOtherFormIsAnswered(String path, String accept) {
        calls.put("/probes/p1", hourly(1));
        assertThat(calls.get(path, "Accept", accept).problem()).isEqualTo("406");
    }

    @Test
    void aListHasNoTimelineUnlessItIsAskedFor() {
        calls.put("/probes/p1", "{\"target\":\"127.0.0.1:" + port + "\",\"interval\":\"100ms\"}");
        await().until(
                        () ->
                                calls.get("/probes?include=timeline")
                                        .json()
                                        .at("/items/0")
                                        .has("last"));
        assertThat(calls.get("/probes").json().at("/items/0/last").has("timeline")).isFalse();
        assertThat(calls.get("/probes?include=timeline").json().at("/items/0/last").has("timeline"))
                .isTrue();
        assertThat(calls.get("/probes/p1").json().path("last").has("timeline")).isTrue();
    }

    private void makeThirty() {
        String lines =
                IntStream.rangeClosed(1, 30)
                        .mapToObj(
                                number ->
                                        hourly(number)
                                                .replaceFirst(
                                                        "\\{", "{\"name\": \"p" + number + "\","))
                        .collect(Collectors.joining("\n"));
        assertThat(calls.post("/probes/bulk", NDJSON, lines).text()).contains("\"errors\":[]");
    }

    private static String hourly(int target) {
        return """
                {"target": "127.0.0.1:%d", "interval": "1h", "settings": {"timeout": "900ms",\
                 "tls": {"trust": "insecure"}, "dialogue": [{"send": {"base64": "AAE="}}]},\
                 "labels": {"team": "on"}, "fall": 4}"""
                .formatted(target);
    }

    private List<String> names() {
        return calls.get("/probes").json().path("items").findValuesAsString("name");
    }

    private Answer yaml(String path) {
        return calls.get(path, "Accept", YAML);
    }
}
