package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Answers that take their time, to callers with a token.
@SecuredTest
class SecuredStreamsTest {

    @LocalServerPort private int port;

    @Test
    void theStreamOfACheckEndsWithItsSummaryWhenAnOperatorAsks() {
        try (Asker asker = new Asker(port)) {
            HttpResponse<String> answer =
                    asker.post(
                            "operate",
                            "/api/v1/checks",
                            "{\"targets\": [\"127.0.0.1:1-500\"]}",
                            "Accept",
                            "application/x-ndjson");
            assertThat(answer.body().lines()).hasSize(501);
            assertThat(answer.body().lines().toList().getLast()).contains("\"total\":500");
        }
    }

    @Test
    void eventsArriveWhenAViewerSubscribes() throws IOException, InterruptedException {
        try (Asker asker = new Asker(port)) {
            String probe =
                    "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\", \"settings\": {\"timeout\": \"100ms\", \"close\": \"rst\"}}"
                            .formatted(port);
            assertThat(asker.ask("operate", "PUT", "/api/v1/probes/mine", probe).statusCode())
                    .isEqualTo(201);
            HttpResponse<Stream<String>> events =
                    asker.client()
                            .send(
                                    asker.request("view", "GET", "/api/v1/events?probe=mine", ""),
                                    BodyHandlers.ofLines());
            try (Stream<String> lines = events.body()) {
                assertThat(lines.filter(line -> line.contains("\"connected\"")).limit(3))
                        .hasSize(3);
            }
            asker.ask("operate", "DELETE", "/api/v1/probes/mine", "");
            asker.client().shutdownNow();
        }
    }
}
