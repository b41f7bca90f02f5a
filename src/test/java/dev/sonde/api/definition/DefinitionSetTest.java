package dev.sonde.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

/// Sets of definitions over HTTP.
@HttpTest
class DefinitionSetTest {

    private static final String YAML = "application/yaml";
    private static final String DOCUMENT =
            """
            defaults:
              probe: {interval: 1h, settings: {timeout: 2s}, labels: {env: prod}}
              listener: {limits: {connections: 7}}
            probes:
              set-a: {target: "127.0.0.1:9", labels: {team: x}}
              set-b: {target: "127.0.0.1:9", interval: 2h}
            listeners:
              set-echo: {bind: "127.0.0.1:0", behaviour: {type: echo, delay: 200ms}}
            """;

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void connect() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void deleteAll() {
        for (JsonNode set : calls.get("/definitions").json().path("items")) {
            calls.delete("/definitions/" + set.path("name").asString());
        }
        calls.delete("/probes/alone");
        calls.delete("/listeners/lone");
        calls.close();
    }

    private Answer put(String path, String yaml) {
        return calls.with("PUT", path, YAML, yaml);
    }

    @Test
    void theDifferenceIsAnsweredWhenADocumentIsApplied() {
        assertThat(put("/definitions/one?dryRun=true", DOCUMENT).text())
                .isEqualTo(
                        "{\"created\":[\"set-a\",\"set-b\",\"set-echo\"],\"changed\":[],\"deleted\":[],\"unchanged\":0}");
        assertThat(calls.get("/definitions/one").status()).isEqualTo(404);
        assertThat(put("/definitions/one", DOCUMENT).status()).isEqualTo(200);
        String next =
                DOCUMENT.replace("team: x", "team: y")
                        .replace("timeout: 2s", "timeout: 3s")
                        .replace("200ms", "100ms")
                        .replaceAll("(?m)^ +set-b.*\n", "");
        assertThat(put("/definitions/one", next).text())
                .contains("\"created\":[]", "\"deleted\":[\"set-b\"]", "\"unchanged\":0")
                .contains(
                        "{\"name\":\"set-a\",\"fields\":[\"labels.team\",\"settings.timeout\"]}",
                        "{\"name\":\"set-echo\",\"fields\":[\"behaviour.delay\"]}");
        assertThat(put("/definitions/one", next).text()).contains("\"unchanged\":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {YAML, "application/json"})
    void nothingChangesWhenTheAnswerOfGetIsPutBack(String type) {
        put("/definitions/one", DOCUMENT);
        Answer document = calls.get("/definitions/one", "Accept", type);
        Answer again = calls.with("PUT", "/definitions/one", type, document.text());
        assertThat(again.text()).contains("\"created\":[],\"changed\":[]", "\"unchanged\":3");
        assertThat(calls.get("/definitions/one", "Accept", type).text()).isEqualTo(document.text());
        assertThat(calls.get("/listeners/set-echo").at("/limits/connections")).isEqualTo("7");
    }

    @Test
    void theSetIsGoneWhenItIsDeletedAndOthersStay() {
        calls.put("/probes/alone", "{\"target\": \"127.0.0.1:9\", \"interval\": \"1h\"}");
        put("/definitions/one", DOCUMENT);
        assertThat(calls.get("/definitions").at("/items/0/probes")).isEqualTo("2");
        assertThat(calls.get("/probes/set-a").at("/source")).isEqualTo("one");
        assertThat(calls.delete("/definitions/one").status()).isEqualTo(204);
        assertThat(calls.delete("/definitions/one").status()).isEqualTo(404);
        assertThat(calls.get("/probes/set-a").status()).isEqualTo(404);
        assertThat(calls.get("/listeners/set-echo").status()).isEqualTo(404);
        assertThat(calls.get("/probes/alone").at("/source")).isEqualTo("api");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /probes/set-a | {\"target\": \"127.0.0.1:10\", \"interval\": \"1h\"} | 409",
                "PATCH | /probes/set-a | {\"interval\": \"3h\"} | 409",
                "PATCH | /probes/set-a | {\"paused\": true} | 200",
                "DELETE | /probes/set-a | '' | 409",
                "PUT | /listeners/set-echo | {\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"hold\"}} | 409",
                "DELETE | /listeners/set-echo | '' | 409",
                "POST | /listeners/set-echo/pause | '' | 200"
            })
    void anOwnedDefinitionIsOnlyPausedWhenItIsChangedAlone(
            String method, String path, String body, int status) {
        put("/definitions/one", DOCUMENT);
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        Answer answer = calls.with(method, path, type, body);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 409) {
            assertThat(answer.at("/type")).isEqualTo("urn:sonde:problem:owned-by-set");
        }
        assertThat(put("/definitions/one", DOCUMENT).text()).contains("\"unchanged\":3");
    }

    @Test
    void aProbeStaysPausedAndKeepsItsHistoryWhenOnlyLabelsChange() {
        put("/definitions/one", DOCUMENT);
        calls.patch("/probes/set-a", "{\"paused\": true}");
        String since = calls.get("/probes/set-a").at("/stateSince");
        put("/definitions/one", DOCUMENT.replace("team: x", "team: y"));
        Answer probe = calls.get("/probes/set-a");
        assertThat(List.of(probe.at("/state"), probe.at("/stateSince"), probe.at("/labels/team")))
                .containsExactly("paused", since, "y");
    }

    @Test
    void aBulkLineFailsWhenASetOwnsItsProbe() {
        put("/definitions/one", DOCUMENT);
        String line = "{\"name\":\"set-a\",\"target\":\"127.0.0.1:10\",\"interval\":\"1h\"}";
        Answer bulk = calls.post("/probes/bulk", "application/x-ndjson", line);
        assertThat(bulk.text()).contains("\"failed\":1", "the set one owns probe set-a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probes: {alone: {target: 'a:1', interval: 1h}} | already-exists | probe alone",
                "probes: {set-a: {target: 'a:1', interval: 1h}} | owned-by-set | probe set-a",
                "listeners: {set-echo: {bind: '127.0.0.1:0', behaviour: {type: echo}}} | owned-by-set | listener set-echo",
                "listeners: {lone: {bind: '127.0.0.1:0', behaviour: {type: echo}}} | already-exists | listener lone"
            })
    void aDocumentIsRefusedWhenANameBelongsToSomebodyElse(String yaml, String type, String told) {
        put("/definitions/one", DOCUMENT);
        calls.put("/probes/alone", "{\"target\": \"127.0.0.1:9\", \"interval\": \"1h\"}");
        calls.put(
                "/listeners/lone",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
        Answer refused = put("/definitions/two", yaml);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/type")).endsWith(type);
        assertThat(refused.at("/detail")).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probes:~  a: {target: 'a:1'} | probes.a.interval | 2",
                "probes:~  a: {target: 'a:1', interval: 1h}~  b:~    target: a~    interval: 1h | probes.b.target | 4",
                "probes:~  a.b: {target: 'a:1', interval: 1h,~    settings: {timeout: soon}} | probes.a.b.settings.timeout | 3",
                "probes:~  a: {target: 'a:1', interval: 1h, colour: red} | probes.a.colour | 2",
                "probes:~  a: {target: 'a:1', interval: 1h, paused: true} | probes.a.paused | 2",
                "probes:~  A_B: {target: 'a:1', interval: 1h} | probes.A_B | 2",
                "probes:~  a: 7 | probes.a | 2",
                "probes:~  a: {target: 'a:1', interval: 1h}~  a: {target: 'a:2', interval: 1h} | body | 3",
                "probes:~\ta: {target: 'a:1', interval: 1h} | body | 2",
                "a: &a [x, x]~b: &b [*a, *a]~c: [*b, *b] | body | ''",
                "sources: {} | sources | 1",
                "defaults: {probes: {}} | defaults.probes | 1",
                "defaults: 3 | defaults | 1",
                "listeners:~  l: {bind: '127.0.0.1:0', behaviour: {type: fly}} | listeners.l.behaviour.type | 2",
                "listeners:~  l: {bind: '127.0.0.1:0', behaviour: {type: echo, data: a}} | listeners.l.behaviour.data | 2",
                "just text | body | ''"
            })
    void nothingChangesWhenADocumentIsWrong(String yaml, String field, String line) {
        put("/definitions/one", DOCUMENT);
        Answer refused = put("/definitions/one", yaml.replace('~', '\n'));
        assertThat(refused.problem()).isEqualTo("400 " + field);
        assertThat(refused.at("/errors/0/line")).isEqualTo(line);
        assertThat(put("/definitions/one", DOCUMENT).text()).contains("\"unchanged\":3");
    }

    @Test
    void nothingChangesWhenAListenerCannotBeHad() throws IOException {
        put("/definitions/one", DOCUMENT);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String next =
                    """
                    probes: {set-c: {target: "127.0.0.1:9", interval: 1h}}
                    listeners:
                      set-new: {bind: "127.0.0.1:0", behaviour: {type: echo}}
                      set-taken: {bind: "127.0.0.1:%d", behaviour: {type: echo}}
                    """
                            .formatted(other.getLocalPort());
            Answer refused = put("/definitions/one", next);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.at("/detail")).startsWith("listeners.set-taken: ");
        }
        assertThat(put("/definitions/one", DOCUMENT).text()).contains("\"unchanged\":3");
    }

    @ParameterizedTest
    @CsvSource({
        "/definitions/api, 400",
        "/definitions/Up, 400",
        "/definitions/x?dryRun=maybe, 400"
    })
    void aRequestIsRefusedWhenItsNameOrParameterIsWrong(String path, int status) {
        assertThat(put(path, DOCUMENT).status()).isEqualTo(status);
    }

    @Test
    void aConditionIsHeldToWhenThePutNamesAVersion() {
        put("/definitions/one", DOCUMENT);
        String tag = calls.get("/definitions/one").header("etag");
        String body = "{\"probes\": {}}";
        assertThat(calls.put("/definitions/one", body, "If-Match", "\"other\"").status())
                .isEqualTo(412);
        assertThat(calls.put("/definitions/one", body, "If-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void aBodyIsRefusedBeforeItIsReadWhenItHasAHundredMegabytes() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head =
                    """
                    PUT /api/v1/definitions/one HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Content-Type: application/yaml\r
                    Content-Length: 104857600\r
                    \r
                    """;
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aBombOfAliasesIsRefused() {
        String bomb =
                IntStream.range(1, 30)
                        .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1))
                        .collect(Collectors.joining("\n", "a0: &a0 [x]\n", "\n"));
        assertThat(put("/definitions/one", bomb).problem()).isEqualTo("400 body");
    }

    @Test
    void otherDefinitionsBecomeADocumentThatLoads() {
        String gatus =
                "endpoints: [{name: G, url: 'tcp://127.0.0.1:9'}, {name: w, url: 'https://a'}]";
        String path = "/definitions/convert?from=gatus";
        Answer yaml = calls.with("POST", path, YAML, gatus, "Accept", YAML);
        assertThat(yaml.text()).startsWith("# skipped: endpoint w: only tcp, tls and starttls");
        assertThat(put("/definitions/one", yaml.text()).text()).contains("\"created\":[\"g\"]");
        Answer json = calls.with("POST", path, YAML, gatus);
        assertThat(json.at("/document/probes/g/target")).isEqualTo("127.0.0.1:9");
        assertThat(json.at("/skipped/0/what")).isEqualTo("endpoint w");
        assertThat(calls.with("POST", path, YAML, "[").problem()).isEqualTo("400 body");
        assertThat(calls.with("POST", "/definitions/convert", YAML, gatus).problem())
                .isEqualTo("400 from");
    }

    @Test
    void thousandsOfProbesAreAppliedInOneDocument() {
        String probes =
                IntStream.range(0, 3_000)
                        .mapToObj("  many-%d: {target: \"127.0.0.1:9\"}\n"::formatted)
                        .collect(Collectors.joining());
        String document = "defaults: {probe: {interval: 24h}}\nprobes:\n" + probes;
        assertThat(put("/definitions/many", document).json().path("created")).hasSize(3_000);
        assertThat(put("/definitions/many", document).at("/unchanged")).isEqualTo("3000");
        assertThat(put("/definitions/many", "{}").json().path("deleted")).hasSize(3_000);
    }
}
