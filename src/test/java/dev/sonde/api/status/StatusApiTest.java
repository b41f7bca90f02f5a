package dev.sonde.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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

/// Badges and the status over HTTP.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class StatusApiTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @LocalServerPort private int port;
    private HttpCalls calls;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void create() {
        calls = new HttpCalls(port);
        calls.put(
                "/probes/badged",
                """
                {"target": "127.0.0.1:%d", "interval": "100ms", "rise": 1, "fall": 1,
                 "settings": {"close": "rst"}}"""
                        .formatted(port));
        await().atMost(PATIENCE).until(() -> calls.get("/probes/badged").at("/state").equals("up"));
    }

    @AfterEach
    void delete() {
        calls.delete("/probes/badged");
        calls.close();
        client.close();
    }

    private HttpResponse<String> badge(String figure, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:%d/api/v1/probes/badged/badge/%s.svg"
                                        .formatted(port, figure)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "state, 'badged: up'",
        "uptime-24h, 'uptime 24h: 100 %'",
        "uptime-30d, 'uptime 30d: 100 %'"
    })
    void badgeShowsTheFigure(String figure, String name) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(badge(figure).body())
                                        .contains("aria-label=\"" + name + "\""));
    }

    @Test
    void badgeIsKeptForHalfAMinuteAndAsksAgainByItsTag() throws Exception {
        HttpResponse<String> first = badge("state");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=30");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(badge("state", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"none", "uptime-1h", "uptime", "p95-24h-"})
    void answerIsNotFoundWhenThereIsNoSuchBadge(String figure) throws Exception {
        assertThat(badge(figure).statusCode()).isEqualTo(404);
    }

    @Test
    void badgeSaysMaintenanceWhileTheProbeIsUnderOne() throws Exception {
        Answer made =
                calls.post(
                        "/maintenances",
                        """
                        {"probes": ["badged"], "to": "2100-01-01", "comment": "a new disk"}""");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        try {
            assertThat(badge("state").body()).contains("badged: maintenance");
        } finally {
            calls.delete("/maintenances/" + made.at("/id"));
        }
        assertThat(badge("state").body()).contains("badged: up");
    }

    @Test
    void statusNamesStateAndUptimeAndNoTarget() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(calls.get("/status").text())
                                        .contains("\"name\":\"badged\"", "\"state\":\"up\""));
        assertThat(calls.get("/status").text()).doesNotContain("127.0.0.1");
    }
}
