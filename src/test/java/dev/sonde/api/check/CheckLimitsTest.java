package dev.sonde.api.check;

import static org.awaitility.Awaitility.await;

import dev.sonde.api.HttpTest;
import dev.sonde.lab.FullQueue;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/// What happens at the configured limits.
@HttpTest
@TestPropertySource(
        properties = {
            "sonde.checks.max-running=1",
            "sonde.checks.kept-number=2",
            "sonde.checks.kept-results=20"
        })
class CheckLimitsTest {

    @Autowired RestTestClient http;

    @Test
    void anotherIsRefusedWhenTooManyRun() throws Exception {
        try (FullQueue silent = FullQueue.open()) {
            String running = start(silent.target());
            post("127.0.0.1:1")
                    .expectStatus()
                    .isEqualTo(429)
                    .expectHeader()
                    .valueEquals("Retry-After", "1")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:sonde:problem:too-many-checks");
            http.delete().uri(running).exchange().expectStatus().isNoContent();
            await().until(() -> isAccepted("127.0.0.1:1"));
        }
    }

    @Test
    void theOldestIsForgottenWhenMoreHaveEndedThanAreKept() {
        String oldest = startWhenPossible("127.0.0.1:1");
        startWhenPossible("127.0.0.1:1");
        startWhenPossible("127.0.0.1:1");
        await().untilAsserted(() -> http.get().uri(oldest).exchange().expectStatus().isNotFound());
    }

    @Test
    void theOldestIsForgottenWhenItsResultsTakeTheRoom() {
        String oldest = startWhenPossible("127.0.0.0/28:1");
        startWhenPossible("127.0.0.0/28:1");
        http.get().uri(oldest).exchange().expectStatus().isNotFound();
    }

    @Test
    void itIsRefusedWhenItsResultsWouldNeverFit() {
        post("127.0.0.0/27:1").expectStatus().isEqualTo(413);
    }

    private boolean isAccepted(String target) {
        return post(target).returnResult(String.class).getStatus().is2xxSuccessful();
    }

    private String startWhenPossible(String target) {
        return await().ignoreExceptions().until(() -> start(target), Objects::nonNull);
    }

    private String start(String target) {
        return Objects.requireNonNull(
                        post(target).returnResult(String.class).getResponseHeaders().getLocation())
                .getPath();
    }

    private RestTestClient.ResponseSpec post(String target) {
        return http.post()
                .uri("/api/v1/checks?wait=false")
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        """
                        {"targets": ["%s"], "settings": {"timeout": "10m"}}"""
                                .formatted(target))
                .exchange();
    }
}
