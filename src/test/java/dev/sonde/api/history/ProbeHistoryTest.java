package dev.sonde.api.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.lab.Endpoints;
import dev.sonde.lab.LabRequirement;
import dev.sonde.start.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class ProbeHistoryTest {

    private static final String FAST =
            """
            {"target": "127.0.0.1:%d", "interval": "100ms", "rise": 1, "fall": 1,
             "settings": {"close": "rst"}}""";

    @LocalServerPort int port;
    @Autowired DataDirectory directory;
    private HttpCalls calls;
    private ServerSocket listener;

    @BeforeEach
    void open() throws IOException {
        calls = new HttpCalls(port);
        listener = new ServerSocket(Endpoints.freePort(), 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        calls.delete("/probes/web");
        calls.close();
        listener.close();
    }

    private void awaitText(String path, String pointer, String value) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> calls.get(path).at(pointer).equals(value));
    }

    @Test
    void backupOfTheRunningServiceHoldsItsProbes(@TempDir Path copies) throws Exception {
        LabRequirement.command("sqlite3");
        calls.put("/probes/web", FAST.formatted(port));
        awaitText("/probes/web", "/state", "up");
        Path copy = copies.resolve("copy.db");
        sqlite3(directory.path().resolve("sonde.db"), ".backup " + copy);
        assertThat(sqlite3(copy, "select target from probe where name = 'web'"))
                .isEqualTo("127.0.0.1:%d\n".formatted(port));
        assertThat(sqlite3(copy, "pragma integrity_check")).isEqualTo("ok\n");
    }

    private static String sqlite3(Path file, String command) throws Exception {
        Process process =
                new ProcessBuilder("sqlite3", file.toString(), command)
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }

    @Test
    void runAnswersResultWithTheProbesNameAndDecidesNothing() {
        calls.put("/probes/web", FAST.formatted(port).replace("100ms", "1h"));
        Answer run = calls.post("/probes/web/runs", "");
        assertThat(run.status()).isEqualTo(200);
        assertThat(run.at("/probe")).isEqualTo("web");
        assertThat(run.at("/outcome")).isEqualTo("succeeded");
        assertThat(calls.get("/results/" + run.at("/id")).at("/id")).isEqualTo(run.at("/id"));
        assertThat(calls.get("/probes/web").at("/state")).isEqualTo("pending");
    }

    @Test
    void runAnswersResultWhenProbeIsPaused() {
        calls.put("/probes/web", FAST.formatted(1).replace("{\"t", "{\"paused\": true, \"t"));
        assertThat(calls.post("/probes/web/runs", "").at("/reason")).isEqualTo("refused");
        assertThat(calls.get("/probes/web").at("/state")).isEqualTo("paused");
    }

    @Test
    void transitionsShowUpDownUpWhenListenerStopsAndStartsAgain() throws IOException {
        int target = listener.getLocalPort();
        calls.put("/probes/web", FAST.formatted(target));
        awaitText("/probes/web", "/state", "up");
        listener.close();
        awaitText("/probes/web", "/state", "down");
        listener = new ServerSocket(target, 50, InetAddress.getLoopbackAddress());
        awaitText("/probes/web", "/state", "up");
        awaitText("/probes/web/transitions", "/items/2/to", "up");
        Answer answer = calls.get("/probes/web/transitions?limit=2");
        assertThat(answer.json().at("/items").findValuesAsString("to"))
                .containsExactly("up", "down");
        assertThat(answer.at("/items/1/cause/reason")).isEqualTo("refused");
        Answer cause = calls.get("/results/" + answer.at("/items/1/cause/resultId"));
        assertThat(cause.at("/reason")).isEqualTo("refused");
        assertThat(
                        calls.get("/probes/web/transitions?limit=2&cursor=" + answer.at("/next"))
                                .at("/items/0/from"))
                .isEqualTo("pending");
    }

    @Test
    void incidentsAndTransitionsOfAllProbesAreFoundByLabelAndState() throws IOException {
        int target = listener.getLocalPort();
        listener.close();
        calls.put(
                "/probes/web",
                FAST.formatted(target).replace("{\"t", "{\"labels\": {\"team\": \"h1\"}, \"t"));
        awaitText("/incidents?label=team=h1&state=open", "/items/0/reason", "refused");
        listener = new ServerSocket(target, 50, InetAddress.getLoopbackAddress());
        awaitText("/incidents?probe=web&state=closed", "/items/0/endedBy", "up");
        Answer ended = calls.get("/incidents?since=-1h&label=team=h1");
        assertThat(ended.at("/items/0/labels/team")).isEqualTo("h1");
        Answer last = calls.get("/results/" + ended.at("/items/0/lastResultId"));
        assertThat(last.at("/startedAt")).isEqualTo(ended.at("/items/0/to"));
        assertThat(calls.get("/results/" + ended.at("/items/0/firstResultId")).at("/reason"))
                .isEqualTo("refused");
        assertThat(calls.get("/incidents?probe=web&label=team!=h1").text())
                .isEqualTo("{\"items\":[]}");
        assertThat(calls.get("/transitions?since=-1h&label=team=h1").at("/items/0/to"))
                .isEqualTo("up");
        assertThat(calls.get("/incidents?state=ended").at("/errors/0/field")).isEqualTo("state");
    }

    @Test
    void probesAreFoundByWhatTheirLastRunSaysAndByText() {
        calls.put(
                "/probes/web",
                FAST.formatted(1).replace("{\"t", "{\"labels\": {\"a\": \"Zyx\"}, \"t"));
        awaitText(
                "/probes?reason=refused&target=127*:1&q=zYx&outcome=failed",
                "/items/0/name",
                "web");
        assertThat(calls.get("/probes?label=a!=Zyx&q=zyx").text()).isEqualTo("{\"items\":[]}");
        assertThat(calls.get("/probes?q=zyx&sort=-stateSince").at("/items/0/name"))
                .isEqualTo("web");
        assertThat(calls.get("/certificates/presented?within=30d&limit=1000").status())
                .isEqualTo(200);
        assertThat(calls.get("/certificates/presented?within=soon").at("/errors/0/field"))
                .isEqualTo("within");
        assertThat(calls.get("/probes?reason=odd").at("/errors/0/field")).isEqualTo("reason");
        assertThat(calls.get("/listeners?state=failed&label=a=none").text())
                .isEqualTo("{\"items\":[]}");
    }

    @Test
    void statsAndSeriesShowRunsOfAFewSeconds() {
        calls.put(
                "/probes/web",
                FAST.formatted(listener.getLocalPort())
                        .replace("{\"t", "{\"labels\": {\"team\": \"h2\"}, \"t"));
        String stats = "/probes/web/stats?window=1h,30d";
        await().atMost(Duration.ofSeconds(10))
                .until(() -> calls.get(stats).json().at("/items/1/runs").asInt() > 3);
        Answer answer = calls.get(stats);
        assertThat(answer.at("/items/0/window")).isEqualTo("1h");
        assertThat(answer.json().at("/items/0/uptime").asDouble()).isEqualTo(1.0);
        assertThat(answer.json().at("/items/0/connect/p95Micros").asLong()).isPositive();
        assertThat(calls.get("/probes/web/series?from=-1h&step=1m").at("/items/0/worst")).isEmpty();
        Answer groups = calls.get("/stats?window=24h&label=team=h2&by=team");
        assertThat(groups.at("/items/0/labels/team")).isEqualTo("h2");
        assertThat(groups.at("/items/0/probes")).isEqualTo("1");
        assertThat(calls.get("/probes/web/series?from=-90d&step=5m").at("/errors/0/field"))
                .isEqualTo("step");
        assertThat(calls.get("/probes/web/stats?window=soon").at("/errors/0/field"))
                .isEqualTo("window");
        assertThat(calls.get("/probes/none/stats").status()).isEqualTo(404);
    }

    @Test
    void resultsAnswerNewestFirstAndInPages() {
        calls.put("/probes/web", FAST.formatted(listener.getLocalPort()));
        awaitText("/probes/web/results?limit=1000", "/items/3/outcome", "succeeded");
        calls.patch("/probes/web", "{\"paused\": true}");
        Answer first = calls.get("/probes/web/results?limit=2&outcome=succeeded");
        Answer second = calls.get("/probes/web/results?limit=2&cursor=" + first.at("/next"));
        assertThat(first.at("/items/0/startedAt")).isGreaterThan(first.at("/items/1/startedAt"));
        assertThat(second.at("/items/0/id")).isLessThan(first.at("/items/1/id"));
        String since = "since=" + first.at("/items/1/startedAt");
        assertThat(calls.get("/probes/web/results?" + since).json().at("/items").size())
                .isGreaterThanOrEqualTo(2);
        assertThat(calls.get("/probes/web/results?outcome=failed").json().at("/items").isEmpty())
                .isTrue();
        assertThat(calls.get("/probes/web/results?until=2020-01-01T00:00:00Z").text())
                .isEqualTo("{\"items\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "results?since=yesterday",
                "results?until=5x",
                "results?outcome=maybe",
                "results?limit=0",
                "results?cursor=x",
                "transitions?cursor=x",
                "transitions?limit=1001"
            })
    void historyAnswersInvalidWhenParameterIsBad(String query) {
        calls.put("/probes/web", FAST.formatted(1).replace("100ms", "1h"));
        String field = query.substring(query.indexOf('?') + 1, query.indexOf('='));
        assertThat(calls.get("/probes/web/" + query).problem()).isEqualTo("400 " + field);
    }

    @Test
    void historyAnswersNotFoundWhenProbeIsNotThere() {
        assertThat(calls.get("/probes/none/results").problem()).isEqualTo("404");
        assertThat(calls.get("/probes/none/transitions").problem()).isEqualTo("404");
        assertThat(calls.post("/probes/none/runs", "").problem()).isEqualTo("404");
    }
}
