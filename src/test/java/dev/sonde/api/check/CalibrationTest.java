package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.util.List;
import java.util.stream.StreamSupport;
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
import tools.jackson.databind.JsonNode;

/// A probe against an own listener: what a check says of each behaviour, and both sides of the
/// connection on one clock.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class CalibrationTest {

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.delete("/listeners/a");
        calls.close();
    }

    /// The table in the README says the same.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "close"                                             | connected | accept_ready accepted close_fin
                    "close","after":"50ms"                              | connected | accept_ready accepted
                    "discard"                                           | connected | accept_ready accepted
                    "echo"                                              | connected | accept_ready accepted
                    "hold"                                              | connected | accept_ready accepted
                    "banner","data":"hello"                             | connected | accept_ready accepted
                    "dialogue","steps":[{"expect":"x"}]                 | connected | accept_ready accepted
                    "stream"                                            | connected | accept_ready accepted
                    "stall"                                             | connected | accept_ready accepted
                    "reset","after":"50ms"                              | connected | accept_ready accepted
                    "never_accept"                                      | connected |
                    "queue_full"                                        | timed_out |
                    "half_establish"                                    | connected |
                    """)
    void outcomeIsThatOfTheBehaviourWhenAnOwnListenerIsProbed(
            String behaviour, String reason, String events) {
        JsonNode result = check(open(behaviour));
        assertThat(result.get("reason").stringValue()).isEqualTo(reason);
        List<String> wanted = events == null ? List.of() : List.of(events.split(" "));
        assertThat(seen(result, "listener")).containsAll(wanted);
        if (wanted.isEmpty()) {
            assertThat(seen(result, "listener")).isEmpty();
        }
    }

    /// The column of the README's table that asks for an answer.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "close","after":"50ms"                              | closed_by_peer
                    "reset","after":"50ms"                              | reset
                    "discard"                                           | no_answer
                    "echo"                                              | connected
                    "hold"                                              | no_answer
                    "banner","data":"hello"                             | connected
                    "dialogue","steps":[{"expect":"x"}]                 | no_answer
                    "stream"                                            | connected
                    "stall"                                             | no_answer
                    "never_accept"                                      | no_answer
                    """)
    void outcomeTellsTheProgramWhenAnAnswerIsAskedFor(String behaviour, String reason) {
        JsonNode result = check(open(behaviour), "\"for\":\"300ms\"");
        assertThat(result.get("reason").stringValue()).as(result.toString()).isEqualTo(reason);
    }

    @Test
    void outcomeIsHalfEstablishedWhenTheListenerEndsNoHandshake() {
        JsonNode result = check(open("\"half_establish\""), "\"for\":\"8s\"");
        assertThat(result.get("reason").stringValue()).isEqualTo("half_established");
        // Its filter lets each SYN through, as a path does that drops later packets.
        assertThat(result.get("detail").stringValue()).contains("its accept queue has room");
        assertThat(result.at("/evidence/asked/0/question").stringValue())
                .isEqualTo("second_connect");
        assertThat(seen(result, "listener")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"dialogue\":[{\"send\":\"a\"},{\"expect\":\"b\"}]", "\"tls\":{}"})
    void detailTellsThatNothingIsAcknowledgedWhenTheTimeoutIsOver(String settings) {
        JsonNode result = checkWith(open("\"half_establish\""), "\"timeout\":\"1s\"," + settings);
        assertThat(result.get("reason").stringValue()).isEqualTo("timed_out");
        assertThat(result.get("detail").stringValue())
                .containsPattern("bytes are not acknowledged after \\d+ repetitions");
    }

    /// Who is faster, the RST or the look at the socket, is open.
    @Test
    void outcomeIsConnectedOrResetWhenTheListenerResetsAtOnce() {
        JsonNode result = check(open("\"reset\""));
        assertThat(result.get("reason").stringValue()).isIn("connected", "reset");
        if (result.has("localAddress")) { // which is lost when the JDK meets the RST first
            assertThat(seen(result, "listener")).contains("accept_ready", "accepted");
        }
    }

    @Test
    void bothSidesAreToldAndDrawnWhenAnOwnListenerIsProbed() {
        JsonNode result = check(open("\"echo\""));
        assertThat(seen(result, "client")).contains("connect_called", "connect_ready");
        String id = result.get("id").stringValue();
        JsonNode again = calls.get("/results/" + id).json();
        assertThat(seen(again, "listener")).startsWith("accept_ready", "accepted");
        assertThat(calls.get("/results/" + id + "/timeline.svg").text())
                .contains(">listener</text>", ">accept()</text>", ">readable");
        JsonNode other = check("127.0.0.1:" + port);
        assertThat(calls.get("/results/" + other.get("id").stringValue() + "/timeline.svg").text())
                .doesNotContain(">listener</text>");
    }

    @Test
    void acceptIsToldLaterWhenTheListenerWasPaused() {
        String target = open("\"echo\"");
        calls.post("/listeners/a/pause", "");
        JsonNode result = check(target);
        assertThat(seen(result, "listener")).isEmpty();
        String path = "/results/" + result.get("id").stringValue();
        String before = calls.get(path).header("ETag");
        calls.post("/listeners/a/resume", "");
        await().until(() -> seen(calls.get(path).json(), "listener").contains("accepted"));
        assertThat(calls.get(path).header("ETag")).isNotEqualTo(before);
    }

    @Test
    void acceptIsStoredWhenTheProbeIsAScheduledOne() {
        String target = open("\"echo\"");
        calls.put(
                "/probes/calibration", "{\"target\": \"" + target + "\", \"interval\": \"100ms\"}");
        await().until(
                        () ->
                                calls.get("/probes/calibration/results").json().get("items").size()
                                        > 1);
        JsonNode stored = calls.get("/probes/calibration/results").json().get("items").get(0);
        assertThat(seen(stored, "listener")).startsWith("accept_ready", "accepted");
        calls.delete("/probes/calibration");
    }

    /// @return where it listens
    private String open(String behaviour) {
        Answer opened =
                calls.put(
                        "/listeners/a",
                        "{\"bind\":\"127.0.0.1:0\",\"backlog\":2,\"behaviour\":{\"type\":"
                                + behaviour
                                + "}}");
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.at("/address");
    }

    private JsonNode check(String target) {
        return checkWith(target, "\"timeout\":\"300ms\"");
    }

    /// With an answer asked for.
    private JsonNode check(String target, String observed) {
        return checkWith(target, "\"observe\":{" + observed + ",\"send\":\"hello\"}");
    }

    private JsonNode checkWith(String target, String settings) {
        return calls.post(
                        "/checks",
                        "{\"targets\":[\"" + target + "\"],\"settings\":{" + settings + "}}")
                .json()
                .get("results")
                .get(0);
    }

    private static List<String> seen(JsonNode result, String side) {
        return StreamSupport.stream(result.get("timeline").spliterator(), false)
                .filter(event -> event.get("side").stringValue().equals(side))
                .map(event -> event.get("event").stringValue())
                .toList();
    }
}
