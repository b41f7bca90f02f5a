package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Dialogues of a probe with the dialogues of an own listener: the same steps at both ends.
@HttpTest
class DialogueApiTest {

    private static final String SERVER =
            """
            [{"send": "+OK v8.4 <n0nce>\\r\\n"}, {"expect": "^AUTH (\\\\w+) (?P<who>\\\\w+)\\r\\n"}, \
            {"send": "+OK ${who} may ${1}\\r\\n"}, {"expectBytes": "QUIT\\r\\n", "close": "fin"}]""";

    private static final String CLIENT =
            """
            [{"expect": "^\\\\+OK v(?P<version>\\\\S+) <(\\\\w+)>\\r\\n"}, \
            {"send": "AUTH ${2} secret\\r\\n"}, {"expect": "^\\\\+OK (.*)\\r\\n", "reject": "^-ERR"}, \
            {"send": "QUIT\\r\\n", "delay": "10ms"}]""";

    @LocalServerPort int port;
    private HttpCalls http;

    @BeforeEach
    void open() {
        http = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        http.delete("/listeners/talks");
        http.delete("/probes/talks");
        http.close();
    }

    @Test
    void checkSucceedsWhenBothEndsFollowTheirSteps() {
        JsonNode result = check(listener(SERVER), CLIENT);
        assertThat(result.get("reason").stringValue()).as(result.toString()).isEqualTo("connected");
        JsonNode dialogue = result.get("dialogue");
        assertThat(dialogue.get("labels").toString()).isEqualTo("{\"version\":\"8.4\"}");
        assertThat(dialogue.get("steps").intValue()).isEqualTo(4);
        assertThat(dialogue.has("step")).isFalse();
        assertThat(dialogue.get("sentBytes").intValue()).isEqualTo(25);
        assertThat(phases(result)).contains("dialogue");
        assertThat(result.toString()).doesNotContain("AUTH");
        String id = result.get("id").stringValue();
        assertThat(http.get("/results/" + id).json().get("dialogue")).isEqualTo(dialogue);
    }

    @Test
    void failingStepIsToldWhenTheListenerSaysSomethingElse() {
        String target = listener("[{\"send\": \"-ERR busy\\r\\n\"}]");
        JsonNode rejected =
                check(target, "[{\"delay\": \"1ms\"}, {\"expect\": \"OK\", \"reject\": \"ERR\"}]");
        assertThat(rejected.get("reason").stringValue()).isEqualTo("rejected_answer");
        assertThat(rejected.get("phase").stringValue()).isEqualTo("dialogue");
        assertThat(rejected.get("detail").stringValue())
                .isEqualTo("step 2: the answer is one that is rejected: \"-ERR busy\\r\\n\"");
        assertThat(rejected.get("dialogue").get("step").intValue()).isEqualTo(2);
        JsonNode other = check(target, "[{\"expectBytes\": {\"base64\": \"K09L\"}}]");
        assertThat(other.get("reason").stringValue()).isEqualTo("unexpected_answer");
    }

    @Test
    void dialogueIsShownAsItWasAskedForWhenAProbeHasOne() {
        String settings =
                """
                {"timeout":"1s","tls":{"trust":"authority"},"dialogue":[{"expect":"^220","reject":"^5"},\
                {"expectBytes":{"base64":"AA=="},"send":"STARTTLS\\r\\n","delay":"5ms","startTls":true},\
                {"send":{"base64":"AQ=="}}]}""";
        Answer created =
                http.put(
                        "/probes/talks",
                        "{\"target\": \"127.0.0.1:1\", \"interval\": \"10s\", \"paused\": true,"
                                + " \"settings\": "
                                + settings
                                + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(http.get("/probes/talks").json().get("settings").toString()).isEqualTo(settings);
    }

    private String listener(String steps) {
        Answer opened =
                http.put(
                        "/listeners/talks",
                        "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"dialogue\",\"steps\":"
                                + steps
                                + "}}");
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.at("/address");
    }

    private JsonNode check(String target, String steps) {
        Answer answer =
                http.post(
                        "/checks",
                        "{\"targets\":[\""
                                + target
                                + "\"],\"settings\":{\"timeout\":\"5s\",\"dialogue\":"
                                + steps
                                + "}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("results").get(0);
    }

    private static String phases(JsonNode result) {
        return result.get("phases").toString();
    }
}
