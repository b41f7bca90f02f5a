package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class ProbeControllerTest {

    private static final String HOURLY =
            """
            {"target": "127.0.0.1:1", "interval": "1h"}""";

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void deleteAll() {
        calls.get("/probes?limit=1000")
                .json()
                .at("/items")
                .forEach(item -> calls.delete("/probes/" + item.at("/name").asString()));
        calls.close();
    }

    @Test
    void postAnswersCreatedWhenNameIsNew() {
        Answer answer =
                calls.post(
                        "/probes",
                        """
                        {"name": "orders-db", "target": "db.example:5432", "interval": "PT10S",
                         "settings": {"timeout": "2s", "close": "rst"}, "labels": {"team": "payments"},
                         "paused": true, "rise": 1, "fall": 4}""");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo("/api/v1/probes/orders-db");
        assertThat(answer.header("etag")).matches("\"\\d+\"");
        assertThat(answer.text())
                .contains(
                        "\"interval\":\"10s\",\"settings\":{\"timeout\":\"2s\",\"close\":\"rst\"}",
                        "\"labels\":{\"team\":\"payments\"},\"paused\":true,\"rise\":1,\"fall\":4",
                        "\"state\":\"paused\",\"stateSince\":\"",
                        "\"owner\":\"")
                .doesNotContain("nextRunAt", "last");
    }

    @Test
    void postAnswersConflictWhenNameIsTaken() {
        calls.put("/probes/web", HOURLY);
        Answer answer =
                calls.post(
                        "/probes",
                        """
                        {"name": "web", "target": "127.0.0.1:2", "interval": "1h"}""");
        assertThat(answer.problem()).isEqualTo("409");
        assertThat(calls.get("/probes/web").at("/target")).isEqualTo("127.0.0.1:1");
    }

    @Test
    void putAnswersCreatedThenOkAndKeepsVersionWhenNothingChanges() {
        Answer first = calls.put("/probes/web", HOURLY);
        Answer second = calls.put("/probes/web", HOURLY);
        Answer third = calls.put("/probes/web", HOURLY.replace("1h", "2h"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("location")).isEqualTo("/api/v1/probes/web");
        assertThat(second.header("location")).isEmpty();
        assertThat(first.at("/nextRunAt")).endsWith("Z");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("etag")).isEqualTo(first.header("etag"));
        assertThat(third.header("etag")).isNotEqualTo(first.header("etag"));
    }

    @Test
    void putAnswersPreconditionFailedWhenVersionIsStale() {
        String stale = calls.put("/probes/web", HOURLY).header("etag");
        String fresh = calls.put("/probes/web", HOURLY.replace("1h", "2h")).header("etag");
        assertThat(calls.put("/probes/web", HOURLY, "If-Match", stale).problem()).isEqualTo("412");
        assertThat(calls.put("/probes/web", HOURLY, "If-Match", "W/" + fresh).problem())
                .isEqualTo("412");
        assertThat(calls.put("/probes/web", HOURLY, "If-None-Match", "*").problem())
                .isEqualTo("412");
        assertThat(calls.put("/probes/new", HOURLY, "If-Match", "*").problem()).isEqualTo("412");
        assertThat(calls.get("/probes/new").problem()).isEqualTo("404");
        assertThat(calls.get("/probes/web").at("/interval")).isEqualTo("2h");
        assertThat(calls.put("/probes/web", HOURLY, "If-Match", "\"1\", " + fresh).status())
                .isEqualTo(200);
        assertThat(calls.put("/probes/new", HOURLY, "If-None-Match", "*").status()).isEqualTo(201);
    }

    @Test
    void putAnswersInvalidWhenPreconditionCannotBeRead() {
        assertThat(calls.put("/probes/web", HOURLY, "If-Match", "5").problem())
                .isEqualTo("400 If-Match");
        assertThat(calls.get("/probes/web").status()).isEqualTo(404);
    }

    @Test
    void getNeverAnswersNotModifiedSinceStateIsNotInTheTag() {
        String etag = calls.put("/probes/web", HOURLY).header("etag");
        Answer answer = calls.with("GET", "/probes/web", "text/plain", "", "If-None-Match", etag);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("etag")).isEqualTo(etag);
    }

    @Test
    void patchMergesSettingsAndLabelsAndRemovesNulls() {
        calls.put(
                "/probes/web",
                """
                {"target": "127.0.0.1:1", "interval": "1h", "rise": 5, "labels": {"a": "1", "b": "2"},
                 "settings": {"timeout": "2s", "close": "rst"}}""");
        Answer answer =
                calls.patch(
                        "/probes/web",
                        """
                        {"labels": {"a": null, "c": "3"}, "settings": {"timeout": "3s"}, "rise": null,
                         "paused": true}""");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains(
                        "\"settings\":{\"timeout\":\"3s\",\"close\":\"rst\"}",
                        "\"labels\":{\"b\":\"2\",\"c\":\"3\"},\"paused\":true,\"rise\":2,",
                        "\"state\":\"paused\"");
    }

    @Test
    void patchOfIntervalTakesTheUsualTimeoutAlong() {
        Answer made = calls.put("/probes/web", HOURLY);
        Answer shorter = calls.patch("/probes/web", "{\"interval\": \"2s\"}");
        Answer longer = calls.patch("/probes/web", "{\"interval\": \"1m\"}");
        assertThat(made.at("/settings/timeout")).isEqualTo("5s");
        assertThat(shorter.at("/settings/timeout")).isEqualTo("2s");
        assertThat(longer.at("/settings/timeout")).isEqualTo("5s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"interval\": null}                   | 400 interval",
                "{\"modul\": null}                      | 400 modul",
                "{\"module\": \"none\"}                 | 400 module",
                "{\"rise\": 11}                         | 400 rise",
                "{\"paused\": \"yes\"}                  | 400 paused",
                "{\"name\": \"other\"}                  | 400 name",
                "{\"settings\": {\"hold\": {}}}         | 400 settings.hold.for",
                "{\"labels\": {\"a-b\": \"c\"}}         | 400 labels.a-b",
                "{\"interval\": \"1s\", \"settings\": {\"timeout\": \"2s\"}} | 400 settings.timeout",
                "[]                                     | 400 body",
                "null                                   | 400 body",
                "{                                      | 400 body",
            })
    void patchAnswersInvalidAndChangesNothingWhenWholeIsNotValid(String patch, String problem) {
        String before = calls.put("/probes/web", HOURLY).header("etag");
        assertThat(calls.patch("/probes/web", patch).problem()).isEqualTo(problem);
        assertThat(calls.get("/probes/web").header("etag")).isEqualTo(before);
    }

    @Test
    void patchAnswersUnsupportedWhenBodyIsNoMergePatch() {
        calls.put("/probes/web", HOURLY);
        Answer answer = calls.with("PATCH", "/probes/web", "application/json", "{\"rise\": 1}");
        assertThat(answer.problem()).isEqualTo("415");
        assertThat(calls.get("/probes/web").at("/rise")).isEqualTo("2");
    }

    @Test
    void patchAnswersPreconditionFailedOrNotFoundWhenThereIsNoSuchVersion() {
        calls.put("/probes/web", HOURLY);
        assertThat(calls.patch("/probes/web", "{\"rise\": 1}", "If-Match", "\"1\"").problem())
                .isEqualTo("412");
        assertThat(calls.patch("/probes/new", "{\"rise\": 1}").problem()).isEqualTo("404");
        assertThat(calls.patch("/probes/NEW", "{\"rise\": 1}").problem()).isEqualTo("404");
    }

    @Test
    void deleteAnswersNoContentThenNotFound() {
        calls.put("/probes/web", HOURLY);
        assertThat(calls.delete("/probes/web", "If-Match", "\"1\"").problem()).isEqualTo("412");
        assertThat(calls.delete("/probes/web").status()).isEqualTo(204);
        assertThat(calls.delete("/probes/web").problem()).isEqualTo("404");
        assertThat(calls.get("/probes/web").problem()).isEqualTo("404");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'interval': '1s'}                                           | 400 target",
                "{'target': 'h:1'}                                            | 400 interval",
                "{'target': '127.1:1', 'interval': '1s'}                      | 400 target",
                "{'target': 'h:1-2', 'interval': '1s'}                        | 400 target",
                "{'target': 'h:1', 'interval': 'soon'}                        | 400 interval",
                "{'target': 'h:1', 'interval': '99ms'}                        | 400 interval",
                "{'target': 'h:1', 'interval': '25h'}                         | 400 interval",
                "{'target': 'h:1', 'interval': 'PT0.1005S'}                   | 400 interval",
                "{'target': 'h:1', 'interval': 10}                            | 400 interval",
                "{'target': 'h:1', 'interval': '1s', 'module': 'none'} | 400 module",
                "{'target': 'h:1', 'interval': '1s', 'module': 'tcp_connect', 'settings': {'close': 'rst'}}"
                        + " | 400 module",
                "{'target': 'h:1', 'interval': '1s', 'settings': {'dialogue': []}} | 400 settings.dialogue",
                "{'target': 'h:1', 'interval': '1s', 'settings': []}          | 400 settings",
                "{'target': 'h:1', 'interval': '1s', 'settings': {'timeout': '2s'}} | 400 settings.timeout",
                "{'target': 'h:1', 'interval': '1s', 'labels': {'__a': 'b'}}  | 400 labels.__a",
                "{'target': 'h:1', 'interval': '1s', 'labels': {'a': null}}   | 400 labels.a",
                "{'target': 'h:1', 'interval': '1s', 'labels': {'a': 1}}      | 400 labels.a",
                "{'target': 'h:1', 'interval': '1s', 'labels': 'a=b'}         | 400 labels",
                "{'target': 'h:1', 'interval': '1s', 'paused': 1}             | 400 paused",
                "{'target': 'h:1', 'interval': '1s', 'rise': 0}               | 400 rise",
                "{'target': 'h:1', 'interval': '1s', 'fall': 11}              | 400 fall",
                "{'target': 'h:1', 'interval': '1s', 'fall': '3'}             | 400 fall",
                "{'target': 'h:1', 'interval': '1s', 'fall': 2.5}             | 400 fall",
                "{'target': 'h:1', 'interval': '1s', 'name': 'other'}         | 400 name",
                "[]                                                           | 400 body",
                "{'target': 'h:1', 'target': 'h:2', 'interval': '1s'}         | 400 body",
            })
    void putAnswersInvalidAndStoresNothing(String body, String problem) {
        Answer answer = calls.put("/probes/web", body.replace('\'', '"'));
        assertThat(answer.problem()).as(answer.text()).isEqualTo(problem);
        assertThat(calls.get("/probes/web").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web", "-web", "web-", "we_b", "wéb"})
    void postAnswersInvalidWhenNameIsNone(String name) {
        Answer answer =
                calls.post("/probes", HOURLY.replace("{", "{\"name\": \"%s\", ".formatted(name)));
        assertThat(answer.problem()).isEqualTo("400 name");
        assertThat(calls.get("/probes").json().at("/items").isEmpty()).isTrue();
    }

    @Test
    void putTellsTheRangeOfTheIntervalWhenItIsZero() {
        Answer answer = calls.put("/probes/web", HOURLY.replace("1h", "0s"));
        assertThat(answer.at("/errors/0/message")).isEqualTo("an interval is from 100ms to 24h");
    }

    @Test
    void postNamesEverythingThatIsWrong() {
        Answer answer =
                calls.post("/probes", "{\"name\": \"A\", \"target\": \"h\", \"interval\": \"1\"}");
        assertThat(answer.json().at("/errors").findValuesAsString("field"))
                .containsExactly("name", "target", "interval");
    }

    @Test
    void listAnswersPagesInTheOrderOfNames() {
        for (String name : new String[] {"c", "a", "b"}) {
            calls.put("/probes/" + name, HOURLY);
        }
        Answer first = calls.get("/probes?limit=2");
        Answer second = calls.get("/probes?limit=2&cursor=" + first.at("/next"));
        assertThat(first.json().at("/items").findValuesAsString("name")).containsExactly("a", "b");
        assertThat(second.json().at("/items").findValuesAsString("name")).containsExactly("c");
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void listNarrowsByLabelsAndState() {
        calls.put("/probes/a", HOURLY.replace("}", ", \"labels\": {\"t\": \"x=1,y\"}}"));
        calls.put(
                "/probes/b",
                HOURLY.replace("}", ", \"paused\": true, \"labels\": {\"t\": \"z\"}}"));
        assertThat(
                        calls.get("/probes?label=t=x=1,y")
                                .json()
                                .at("/items")
                                .findValuesAsString("name"))
                .containsExactly("a");
        assertThat(calls.get("/probes?state=paused").json().at("/items").findValuesAsString("name"))
                .containsExactly("b");
        assertThat(calls.get("/probes?label=t=z&label=u=v").json().at("/items").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "state=sleeping,400 state",
        "label=team,400 label",
        "limit=0,400 limit",
        "limit=1001,400 limit",
        "cursor=No,400 cursor"
    })
    void listAnswersInvalidWhenParameterIsBad(String query, String problem) {
        assertThat(calls.get("/probes?" + query).problem()).isEqualTo(problem);
    }
}
