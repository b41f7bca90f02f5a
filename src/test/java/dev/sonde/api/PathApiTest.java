package dev.sonde.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// The path in settings and results, over loopback: one hop.
@HttpTest
class PathApiTest {

    @LocalServerPort int port;
    private HttpCalls http;

    @BeforeEach
    void open() {
        http = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        http.delete("/probes/far");
        http.close();
    }

    private String probe(String path) {
        return """
        {"target": "127.0.0.1:%d", "interval": "1h", "paused": true, \
        "settings": {"close": "rst", "path": %s}}"""
                .formatted(port, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true                            | {}
                    {}                              | {}
                    {"maxHops": 30, "timeout": "3s"} | {}
                    {"maxHops": 2, "timeout": "1s"} | {"maxHops":2,"timeout":"1s"}
                    """)
    void pathIsShownAsAnObject(String given, String shown) {
        Answer created = http.put("/probes/far", probe(given));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(http.get("/probes/far").json().at("/settings/path")).hasToString(shown);
    }

    @Test
    void noPathIsWantedWhereItIsFalse() {
        http.put("/probes/far", probe("false"));
        assertThat(http.get("/probes/far").json().at("/settings/path").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"maxHops": 65}     | 400 settings.path.maxHops
                    {"maxHops": 0}      | 400 settings.path.maxHops
                    {"timeout": "99ms"} | 400 settings.path.timeout
                    {"hops": 3}         | 400 settings.path.hops
                    """)
    void limitsOfAPathAreChecked(String given, String problem) {
        assertThat(http.put("/probes/far", probe(given)).problem()).isEqualTo(problem);
    }

    @Test
    void pathIsFollowedOnRequest() {
        http.put("/probes/far", probe("{\"maxHops\": 3}"));
        Answer answer = http.post("/probes/far/path", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/probe")).isEqualTo("far");
        assertThat(answer.at("/outcome")).isEqualTo("succeeded");
        assertOneHop(answer.json());
        JsonNode kept = http.get("/results/" + answer.at("/id")).json();
        assertThat(kept.get("path")).isEqualTo(answer.json().get("path"));
        assertThat(http.get("/results/" + answer.at("/id") + "/timeline.svg").text())
                .contains("TTL 1: TCP from 127.0.0.1");
    }

    @Test
    void everyResultOfACheckHasThePathWhereItsSettingsAskForIt() {
        String body =
                """
                {"targets": ["127.0.0.1:%d"], "settings": {"close": "rst", "path": true}}"""
                        .formatted(port);
        assertOneHop(http.post("/checks", body).json().at("/results/0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                     | 400 settings.ask.questions
                    {"questions": []}                      | 400 settings.ask.questions
                    {"questions": ["path"]}                | 400 settings.ask.questions
                    {"questions": ["ports"], "port": 0}    | 400 settings.ask.port
                    """)
    void limitsOfQuestionsAreChecked(String given, String problem) {
        String body = probe("false").replace("\"path\"", "\"ask\": %s, \"path\"".formatted(given));
        assertThat(http.put("/probes/far", body).problem()).isEqualTo(problem);
    }

    @Test
    void questionsAreAskedOnRequestAndShownAgain() {
        String ask = "{\"questions\":[\"ports\"],\"port\":%d}".formatted(port);
        http.put(
                "/probes/far",
                probe("false").replace("\"path\"", "\"ask\": %s, \"path\"".formatted(ask)));
        assertThat(http.get("/probes/far").json().at("/settings/ask")).hasToString(ask);
        JsonNode asked = http.post("/probes/far/runs", "").json().at("/evidence/asked/0");
        assertThat(asked.get("question").stringValue()).isEqualTo("ports");
        assertThat(asked.get("answer").stringValue()).contains("answers with a SYN-ACK");
    }

    @Test
    void unknownProbeHasNoPath() {
        assertThat(http.post("/probes/nobody/path", "").status()).isEqualTo(404);
    }

    private static void assertOneHop(JsonNode result) {
        JsonNode path = result.get("path");
        assertThat(path.get("hops").size()).isEqualTo(1);
        assertThat(path.at("/hops/0/ttl").intValue()).isEqualTo(1);
        assertThat(path.at("/hops/0/address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(path.at("/hops/0").has("icmp")).isFalse();
        assertThat(path.get("reached").booleanValue()).isTrue();
        assertThat(path.get("lastHop").intValue()).isEqualTo(1);
        assertThat(result.at("/evidence/asked/0/question").stringValue()).isEqualTo("path");
        assertThat(result.at("/evidence/asked/0/answer")).isEqualTo(path.get("detail"));
    }
}
