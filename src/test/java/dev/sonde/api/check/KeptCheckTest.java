package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.sonde.api.HttpTest;
import dev.sonde.lab.Endpoints;
import dev.sonde.lab.FullQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// A check that nobody waits for: it is followed, read and deleted.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class KeptCheckTest {

    @Autowired RestTestClient http;

    @Test
    void everyResultIsReadOnceWhenThePagesAreFollowed() throws Exception {
        String check = start("\"127.0.0.0/24:" + Endpoints.freePort() + "\"");
        awaitState(check, "done");
        List<String> targets = new ArrayList<>();
        String next = "";
        while (next != null) {
            String page = get(check + "/results?limit=100" + next);
            targets.addAll(JsonPath.<List<String>>read(page, "$.items[*].target"));
            next = page.contains("\"next\"") ? "&cursor=" + JsonPath.read(page, "$.next") : null;
        }
        assertThat(targets).hasSize(256).doesNotHaveDuplicates();
    }

    @Test
    void onlyOneOutcomeIsListedWhenItIsAskedFor() throws Exception {
        try (var open = Endpoints.open()) {
            int port = open.getLocalPort();
            String check = start("\"127.0.0.1:%d,%d\"".formatted(port, Endpoints.freePort()));
            awaitState(check, "done");
            String page = get(check + "/results?outcome=succeeded");
            assertThat(JsonPath.<List<String>>read(page, "$.items[*].target"))
                    .containsExactly("127.0.0.1:" + port);
        }
    }

    @Test
    void itStaysReadableAsCancelledWhenItIsDeletedWhileItRuns() throws Exception {
        try (FullQueue silent = FullQueue.open()) {
            // One in flight that gets no answer, and 255 that never start.
            String check = start("\"" + silent.target() + "\", \"127.0.1.0/24:1\"", 1);
            assertThat(JsonPath.<String>read(get(check), "$.state")).isEqualTo("running");

            delete(check).expectStatus().isNoContent();

            awaitState(check, "cancelled");
            String view = get(check);
            assertThat(JsonPath.<Integer>read(view, "$.summary.notProbed")).isEqualTo(257);
            String results = get(check + "/results?outcome=not_probed");
            assertThat(JsonPath.<List<String>>read(results, "$.items[*].reason"))
                    .containsExactly("cancelled");
            delete(check).expectStatus().isNotFound();
        }
    }

    @Test
    void itIsForgottenWhenItIsDeletedAfterItsEnd() throws Exception {
        String check = start("\"127.0.0.1:" + Endpoints.freePort() + "\"");
        awaitState(check, "done");

        delete(check).expectStatus().isNoContent();

        delete(check).expectStatus().isNotFound();
        http.get().uri(check).exchange().expectStatus().isNotFound();
    }

    @Test
    void itIsNotSentAgainWhenItsTagIsKnown() throws Exception {
        String check = start("\"127.0.0.1:" + Endpoints.freePort() + "\"");
        awaitState(check, "done");
        String tag =
                http.get()
                        .uri(check)
                        .exchange()
                        .returnResult(String.class)
                        .getResponseHeaders()
                        .getETag();
        http.get()
                .uri(check)
                .header("If-None-Match", Objects.requireNonNull(tag))
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void itIsListedFirstWhenItIsTheNewest() throws Exception {
        String older = start("\"127.0.0.1:1\"");
        String newer = start("\"127.0.0.1:1\"");
        String page = get("/api/v1/checks?limit=1");
        assertThat(newer).endsWith(JsonPath.<String>read(page, "$.items[0].id"));
        String next = get("/api/v1/checks?limit=1&cursor=" + JsonPath.read(page, "$.next"));
        assertThat(older).endsWith(JsonPath.<String>read(next, "$.items[0].id"));
    }

    private String start(String targets) {
        return start(targets, 256);
    }

    private String start(String targets, int concurrency) {
        return Objects.requireNonNull(
                        http.post()
                                .uri("/api/v1/checks?wait=false")
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(
                                        """
                                        {"targets": [%s], "concurrency": %d, "settings": {"timeout": "10m"}}"""
                                                .formatted(targets, concurrency))
                                .exchange()
                                .expectStatus()
                                .isAccepted()
                                .returnResult(String.class)
                                .getResponseHeaders()
                                .getLocation())
                .getPath();
    }

    private void awaitState(String check, String state) {
        await().until(() -> JsonPath.read(get(check), "$.state").equals(state));
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

    private RestTestClient.ResponseSpec delete(String path) {
        return http.delete().uri(path).exchange();
    }
}
