package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import dev.sonde.lab.Endpoints;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Steps after the connect, as a client of the API asks for them and meets them again.
@HttpTest
class StepSettingsTest {

    private static final String ALL =
            """
            {"timeout": "1s", "observe": {"for": "2s", "after": "500ms", "send": "PING"}, \
            "hold": {"for": "3s", "keepalive": {"idle": "5s", "interval": "2s", "count": 3}, \
            "userTimeout": "8s", "send": {"every": "1s", "bytes": 20}}, \
            "flood": {"bytes": 1000, "stallTimeout": "1s", "for": "2s"}}""";

    @LocalServerPort int port;
    private HttpCalls http;

    @BeforeEach
    void open() {
        http = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        http.delete("/probes/steps");
        http.close();
    }

    @Test
    void stepsAreShownAsTheyWereAskedForWhenAProbeHasThem() {
        Answer created = http.put("/probes/steps", probe("10s", ALL));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode settings = http.get("/probes/steps").json().get("settings");
        assertThat(settings.toString()).isEqualTo(ALL.replace(": ", ":").replace(", ", ","));
    }

    @Test
    void probeIsRefusedWhenItsStepsDoNotFitIntoTheInterval() {
        assertThat(http.put("/probes/steps", probe("7s", ALL)).problem()).isEqualTo("400 settings");
        String untimed = ALL.replace("\"timeout\": \"1s\", ", "");
        assertThat(http.put("/probes/steps", probe("8s", untimed)).status()).isEqualTo(201);
        assertThat(http.put("/probes/steps", probe("7s", untimed)).problem())
                .isEqualTo("400 settings");
    }

    @Test
    void reportStandsUnderItsStepWhenACheckIsStreamed() throws Exception {
        try (ServerSocket silent = Endpoints.open()) {
            String body =
                    """
                    {"targets": ["127.0.0.1:%d"], "settings": {"observe": {"for": "100ms", "send": "?"}}}"""
                            .formatted(silent.getLocalPort());
            JsonNode whole = http.post("/checks", body).json().get("results").get(0);
            assertThat(whole.get("reason").stringValue()).isEqualTo("no_answer");
            assertThat(whole.get("phase").stringValue()).isEqualTo("observe");
            assertThat(whole.get("observe").get("verdict").stringValue()).isEqualTo("no_answer");
            assertThat(whole.get("observe").get("sentBytes").intValue()).isEqualTo(1);
            assertThat(whole.has("hold")).isFalse();
            String id = whole.get("id").stringValue();
            assertThat(http.get("/results/" + id).json()).isEqualTo(whole);
        }
    }

    @Test
    void everyRunIsHeldWhenAScheduledProbeHolds() throws Exception {
        try (ServerSocket silent = Endpoints.open()) {
            String held =
                    """
                    {"target": "127.0.0.1:%d", "interval": "300ms", "rise": 2, \
                    "settings": {"timeout": "50ms", "hold": {"for": "150ms"}}}"""
                            .formatted(silent.getLocalPort());
            assertThat(http.put("/probes/steps", held).status()).isEqualTo(201);
            await().until(() -> http.get("/probes/steps").at("/state").equals("up"));
            await().until(() -> results().size() > 1);
            for (JsonNode result : results()) {
                assertThat(result.at("/hold/endedBy").stringValue()).isEqualTo("prober");
                assertThat(result.at("/hold/heldMicros").longValue()).isGreaterThan(149_000);
            }
        }
    }

    private JsonNode results() {
        return http.get("/probes/steps/results").json().get("items");
    }

    private static String probe(String interval, String settings) {
        return """
        {"target": "127.0.0.1:1", "interval": "%s", "paused": true, "settings": %s}"""
                .formatted(interval, settings);
    }
}
