package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.sonde.api.HttpTest;
import dev.sonde.api.StreamReader;
import dev.sonde.lab.Endpoints;
import dev.sonde.lab.FullQueue;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A check whose results are read as they come.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class StreamedCheckTest {

    @Autowired RestTestClient http;
    @Autowired JsonMapper json;
    @LocalServerPort int port;

    @Test
    void everyTargetIsAnsweredOnceWhenABlockIsSwept() throws Exception {
        try (StreamReader reader = stream("127.0.0.0/22:" + Endpoints.freePort())) {
            Set<String> targets = new HashSet<>();
            String line = reader.next();
            for (; !line.startsWith("{\"summary\""); line = reader.next()) {
                assertThat(targets.add(JsonPath.read(line, "$.target"))).isTrue();
            }
            assertThat(targets).hasSize(1_024);
            assertThat(JsonPath.<Integer>read(line, "$.summary.failed")).isEqualTo(1_024);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aLineSaysWhatTheDocumentSaysWhenTheResultIsReadById() throws Exception {
        try (var open = Endpoints.open();
                StreamReader reader = stream("127.0.0.1:" + open.getLocalPort())) {
            String line = reader.next();
            String document = get("/api/v1/results/" + JsonPath.read(line, "$.id"));
            assertThat(json.readTree(line)).isEqualTo(json.readTree(document));
        }
    }

    @Test
    void aLineSaysWhatTheDocumentSaysWhenTheResultIsAFailure() throws Exception {
        try (StreamReader reader = stream("127.0.0.1:" + Endpoints.freePort())) {
            String line = reader.next();
            String document = get("/api/v1/results/" + JsonPath.read(line, "$.id"));
            assertThat(json.readTree(line)).isEqualTo(json.readTree(document));
        }
    }

    @Test
    void thePhasesAddUpWhenTheyAreSummed() throws Exception {
        try (StreamReader reader = stream("127.0.0.1:" + Endpoints.freePort())) {
            String line = reader.next();
            long sum = 0;
            for (JsonNode phase : json.readTree(line).path("phases")) {
                sum += phase.path("tookMicros").longValue();
            }
            assertThat(json.readTree(line).path("tookMicros").longValue()).isEqualTo(sum);
        }
    }

    @Test
    void aResultIsReadAtOnceWhenOthersAreStillMissing() throws Exception {
        try (FullQueue silent = FullQueue.open();
                StreamReader reader =
                        stream("127.0.0.1:" + Endpoints.freePort() + "\", \"" + silent.target())) {
            assertThat(reader.next()).contains("\"refused\"");
        }
    }

    @Test
    void theRestIsCancelledWhenTheReaderGoesAway() throws Exception {
        StreamReader reader = stream("127.0.0.0/16:" + Endpoints.freePort());
        reader.next();
        reader.close();
        await().until(() -> state(reader.check()).equals("cancelled"));
        String view = get(reader.check());
        assertThat(
                        JsonPath.<Integer>read(view, "$.summary.failed")
                                + JsonPath.<Integer>read(view, "$.summary.notProbed"))
                .isEqualTo(65_536);
    }

    @Test
    void theCheckPausesWhenTheReaderDoes() throws Exception {
        try (StreamReader reader = stream("127.0.0.0/16:" + Endpoints.freePort())) {
            AtomicInteger paused = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> standsStill(reader, paused));
            assertThat(paused).hasValueLessThan(65_536);
            assertThat(state(reader.check())).isEqualTo("running");

            int lines = 0;
            while (reader.next() != null) {
                lines++;
            }
            assertThat(lines).isEqualTo(65_537);
        }
    }

    @Test
    void itsResultsAreNotListedWhenTheyWereStreamed() throws Exception {
        try (StreamReader reader = stream("127.0.0.1:1")) {
            http.get()
                    .uri(reader.check() + "/results")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:sonde:problem:results-not-kept");
        }
    }

    private boolean standsStill(StreamReader reader, AtomicInteger last) {
        int now = JsonPath.<Integer>read(get(reader.check()), "$.summary.failed");
        return last.getAndSet(now) == now;
    }

    private StreamReader stream(String targets) throws Exception {
        return new StreamReader(
                port,
                """
                {"targets": ["%s"], "settings": {"timeout": "10m"}}"""
                        .formatted(targets));
    }

    private String state(String check) {
        return JsonPath.read(get(check), "$.state");
    }

    private String get(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
