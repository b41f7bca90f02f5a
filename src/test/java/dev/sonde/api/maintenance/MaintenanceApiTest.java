package dev.sonde.api.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Maintenances and expectations over HTTP.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class MaintenanceApiTest {

    private static final String CLOSED =
            """
            {"target": "127.0.0.1:1", "interval": "100ms", "rise": 1, "fall": 1,
             "labels": {"team": "kept"}%s}""";

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.delete("/probes/kept");
        for (JsonNode each : calls.get("/maintenances").json().at("/items")) {
            calls.delete("/maintenances/" + each.at("/id").asString());
        }
        calls.close();
    }

    private void await(String path, String pointer, String value) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> calls.get(path).at(pointer).equals(value));
    }

    @Test
    void probeUnderMaintenanceIsDownAndHasNoIncidentUntilItEnds() {
        Answer made =
                calls.post(
                        "/maintenances",
                        """
                        {"label": "team=kept", "to": "2100-01-01", "comment": "a new rack"}""");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/active")).isEqualTo("true");
        calls.put("/probes/kept", CLOSED.formatted(""));
        await("/probes/kept", "/state", "down");
        Answer probe = calls.get("/probes/kept");
        assertThat(probe.at("/maintenance/comment")).isEqualTo("a new rack");
        assertThat(probe.at("/last/inMaintenance")).isEqualTo("true");
        await("/probes/kept/transitions", "/items/0/inMaintenance", "true");
        assertThat(calls.get("/probes/kept/stats?window=1h").at("/items/0/uptime")).isEmpty();
        assertThat(calls.get("/incidents?probe=kept").json().at("/items")).isEmpty();
        assertThat(calls.delete("/maintenances/" + made.at("/id")).status()).isEqualTo(204);
        await("/incidents?probe=kept&state=open", "/items/0/reason", "refused");
        assertThat(calls.get("/probes/kept").json().has("maintenance")).isFalse();
    }

    /// A paused probe too is shown under its maintenance.
    @Test
    void beginAndEndOfAMaintenanceAreEvents() throws IOException {
        calls.put("/probes/kept", CLOSED.formatted(", \"paused\": true"));
        try (EventReader reader = new EventReader(port, "?type=maintenance&probe=kept")) {
            calls.post("/maintenances", "{\"label\": \"team=other\", \"to\": \"2100-01-01\"}");
            Answer made =
                    calls.post(
                            "/maintenances",
                            """
                            {"label": "team=kept", "to": "2100-01-01", "comment": "a rack"}""");
            assertThat(reader.next().data())
                    .startsWith(
                            "{\"maintenance\":\"%s\",\"event\":\"began\"".formatted(made.at("/id")))
                    .endsWith("\"label\":\"team=kept\",\"comment\":\"a rack\"}");
            Answer probe = calls.get("/probes/kept");
            assertThat(probe.at("/state")).isEqualTo("paused");
            assertThat(probe.at("/maintenance/comment")).isEqualTo("a rack");
            calls.delete("/maintenances/" + made.at("/id"));
            assertThat(reader.next().data())
                    .startsWith(
                            "{\"maintenance\":\"%s\",\"event\":\"ended\""
                                    .formatted(made.at("/id")));
        }
    }

    @Test
    void maintenanceThatBeganInThePastTakesItsIncidentBack() {
        calls.put("/probes/kept", CLOSED.formatted(""));
        await("/incidents?probe=kept&state=open", "/items/0/reason", "refused");
        Answer made =
                calls.post(
                        "/maintenances",
                        """
                        {"probes": ["kept"], "from": "-1h", "to": "2100-01-01"}""");
        assertThat(made.status()).isEqualTo(201);
        assertThat(calls.get("/incidents?probe=kept").json().at("/items")).isEmpty();
        await("/probes/kept/stats?window=1h", "/items/0/uptime", "");
        await("/probes/kept/results?limit=1000", "/items/0/inMaintenance", "true");
    }

    @Test
    void viewShowsTheNextThreeWindows() {
        Answer made =
                calls.post(
                        "/maintenances",
                        """
                        {"label": "team=nobody,env!=test", "cron": "30 2 * * SUN",
                         "duration": "1h", "zone": "Europe/Berlin"}""");
        assertThat(made.json().at("/windows")).hasSize(3);
        Answer read = calls.get("/maintenances/" + made.at("/id"));
        assertThat(read.json()).isEqualTo(made.json());
        Instant from = Instant.parse(read.at("/windows/0/from"));
        assertThat(Instant.parse(read.at("/windows/0/to"))).isEqualTo(from.plusSeconds(3_600));
        assertThat(calls.get("/maintenances?limit=1").at("/items/0/label"))
                .isEqualTo("team=nobody,env!=test");
        assertThat(calls.delete("/maintenances/" + made.at("/id")).status()).isEqualTo(204);
        assertThat(calls.get("/maintenances/" + made.at("/id")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                  | label",
                "{\"label\": \"a=b\", \"probes\": [\"a\"], \"to\": \"2100-01-01\"}   | label",
                "{\"label\": \"team\", \"to\": \"2100-01-01\"}                       | label",
                "{\"probes\": [\"nobody\"], \"to\": \"2100-01-01\"}                  | probes",
                "{\"probes\": [\"A\"], \"to\": \"2100-01-01\"}                       | probes[0]",
                "{\"label\": \"a=b\"}                                                | to",
                "{\"label\": \"a=b\", \"to\": \"2020-01-01\"}                        | to",
                "{\"label\": \"a=b\", \"from\": \"soon\", \"to\": \"2100-01-01\"}    | from",
                "{\"label\": \"a=b\", \"cron\": \"0 0 * * *\"}                       | duration",
                "{\"label\": \"a=b\", \"cron\": \"x\", \"duration\": \"1h\"}         | cron",
                "{\"label\": \"a=b\", \"cron\": \"0 0 * * *\", \"duration\": \"1h\","
                        + " \"zone\": \"Mars/North\"}                                | zone",
                "{\"label\": \"a=b\", \"cron\": \"0 0 * * *\", \"duration\": \"1h\","
                        + " \"to\": \"2100-01-01\"}                                  | cron",
            })
    void badMaintenanceIsRefusedWithItsField(String body, String field) {
        assertThat(calls.post("/maintenances", body).problem()).isEqualTo("400 " + field);
    }

    @Test
    void closedPortThatIsExpectedIsUpAndTheViewCanBeSentBack() {
        String expect =
                ", \"expect\": {\"outcome\": \"failed\", \"reasons\": [\"refused\"],"
                        + " \"synRetransmits\": 0}";
        calls.put("/probes/kept", CLOSED.formatted(expect));
        await("/probes/kept", "/state", "up");
        Answer view = calls.get("/probes/kept");
        assertThat(view.at("/expect/outcome")).isEqualTo("failed");
        assertThat(view.at("/last/reason")).isEqualTo("refused");
        assertThat(calls.put("/probes/kept", view.text()).status()).isEqualTo(200);
        assertThat(calls.get("/probes/kept").at("/expect/synRetransmits")).isEqualTo("0");
        await("/probes/kept/stats?window=1h", "/items/0/uptime", "1.0");
    }

    @Test
    void figureOutOfItsBoundMakesTheProbeDegraded() {
        calls.put(
                "/probes/kept",
                """
                {"target": "127.0.0.1:%d", "interval": "100ms", "rise": 1, "fall": 1,
                 "settings": {"close": "rst", "expect": {"connect": ">10s"}}}"""
                        .formatted(port));
        await("/probes/kept", "/state", "degraded");
        Answer view = calls.get("/probes/kept");
        assertThat(view.at("/last/outcome")).isEqualTo("succeeded");
        assertThat(view.at("/last/unmet/0/condition")).isEqualTo("connect");
        assertThat(view.at("/last/unmet/0/expected")).isEqualTo(">10s");
        assertThat(calls.get("/probes?state=degraded").at("/items/0/name")).isEqualTo("kept");
        await("/probes/kept/transitions", "/items/0/to", "degraded");
        assertThat(calls.get("/probes/kept/transitions").at("/items/0/cause/detail"))
                .matches("connect is .+, expected >10s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", \"expect\": {\"certificateDays\": 14}               | expect.certificateDays",
                ", \"settings\": {\"expect\": {\"rtt\": \"fast\"}}     | settings.expect.rtt",
                ", \"expect\": {}, \"settings\": {\"expect\": {}}      | expect",
                ", \"expect\": {\"outcome\": \"maybe\"}                | expect.outcome",
            })
    void badExpectationIsRefusedWithItsField(String expect, String field) {
        assertThat(calls.put("/probes/kept", CLOSED.formatted(expect)).problem())
                .isEqualTo("400 " + field);
    }
}
