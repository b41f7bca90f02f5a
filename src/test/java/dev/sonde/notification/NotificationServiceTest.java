package dev.sonde.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Receivers of a running service that reads them from a file. The file is named by a system
/// property, so no other service may start beside this test.
@HttpTest
@Isolated
class NotificationServiceTest {

    private static final String LOCATION = "spring.config.additional-location";

    @LocalServerPort private int port;
    @Autowired private MeterRegistry meters;
    @TempDir private Path directory;
    private HttpCalls calls;
    private Hook hook;

    @BeforeEach
    void open() throws IOException {
        calls = new HttpCalls(port);
        hook = new Hook();
    }

    @AfterEach
    void close() {
        calls.delete("/probes/informed");
        System.clearProperty(LOCATION);
        reload();
        hook.close();
        calls.close();
    }

    private Answer reload() {
        return calls.postRoot("/-/reload");
    }

    private void configure(String name, String type) throws IOException {
        Path file = directory.resolve("application.yaml");
        Files.writeString(
                file,
                """
                sonde:
                  notifications:
                    receivers:
                      - {name: %s, type: %s, url: "%s", label: team=informed}
                """
                        .formatted(name, type, hook.url()));
        System.setProperty(LOCATION, "file:" + file);
        assertThat(reload().status()).isEqualTo(200);
    }

    private Answer test(String receiver) {
        return calls.post("/notifications/test", "{\"receiver\": \"" + receiver + "\"}");
    }

    /// Waits for the latest message of a receiver in a state.
    private Answer await(String receiver, String state) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> calls.get("/notifications?receiver=" + receiver + "&state=" + state),
                        it -> !it.at("/items/0/id").isEmpty());
    }

    private Answer health() {
        return calls.root("/actuator/health");
    }

    private double count(String receiver, String result) {
        return meters.get("sonde.notifications")
                .tags("receiver", receiver, "result", result)
                .functionCounter()
                .count();
    }

    @Test
    void refusedMessageIsNamedByHealthAndSentAgainAfterAReload() throws IOException {
        configure("refusing", "webhook");
        hook.replies.add(Hook.Reply.of(400));
        Answer made = test("refusing");
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.at("/event")).isEqualTo("test");
        String id = made.at("/id");
        assertThat(await("refusing", "failed").at("/items/0/id")).isEqualTo(id);
        Awaitility.await().until(() -> count("refusing", "failed") == 1);
        assertThat(health().at("/components/notifications/details/failing/refusing/error"))
                .isEqualTo("http://127.0.0.1: the answer has status 400");
        assertThat(health().at("/components/notifications/status")).isEqualTo("UP");
        assertThat(reload().status()).isEqualTo(200);
        Answer found = await("refusing", "delivered");
        assertThat(found.at("/items/0/id")).isEqualTo(id);
        assertThat(found.at("/items/0/attempts")).isEqualTo("2");
        assertThat(found.json().at("/items/0").has("nextAt")).isFalse();
        assertThat(hook.all).extracting(Hook.Call::delivery).containsExactly(id, id);
        Awaitility.await().until(() -> count("refusing", "delivered") == 1);
        assertThat(health().text()).doesNotContain("refusing");
        assertThat(calls.get("/notifications?receiver=refusing&state=failed").json().at("/items"))
                .isEmpty();
    }

    @Test
    void probeThatGoesDownIsAnAlertOfAReceiverThatCameByReload() throws IOException {
        configure("alerts", "alertmanager");
        calls.put(
                "/probes/informed",
                """
                {"target": "127.0.0.1:1", "interval": "100ms", "rise": 1, "fall": 1,
                 "labels": {"team": "informed"}}""");
        Hook.Call call = hook.next();
        assertThat(call.path()).isEqualTo("/hook/api/v2/alerts");
        assertThat(call.at("/0/labels/probe")).isEqualTo("informed");
        assertThat(call.at("/0/annotations/reason")).isEqualTo("refused");
        String incident = calls.get("/incidents?probe=informed").at("/items/0/id");
        assertThat(await("alerts", "delivered").at("/items/0/incidents/0")).isEqualTo(incident);
        assertThat(calls.delete("/probes/informed").status()).isEqualTo(204);
        while (Instant.parse(call.at("/0/endsAt")).isAfter(Instant.now())) {
            call = hook.next();
        }
        assertThat(call.at("/0/labels/probe")).isEqualTo("informed");
    }

    @Test
    void badReloadKeepsTheReceivers() throws IOException {
        configure("kept", "webhook");
        Files.writeString(
                directory.resolve("application.yaml"),
                "sonde: {notifications: {receivers: [{name: kept, type: pigeon}]}}");
        Answer bad = reload();
        assertThat(bad.status()).isEqualTo(500);
        assertThat(bad.text()).contains("sonde.notifications.receivers[0].type", "pigeon");
        assertThat(test("kept").status()).isEqualTo(202);
        assertThat(hook.next().at("/event")).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource({
        "/notifications?state=lost, 400 state",
        "/notifications?limit=0, 400 limit",
        "/notifications?cursor=x, 400 cursor",
        "/notifications?nosuch=1, 400 nosuch",
    })
    void badQueryIsRefused(String path, String problem) {
        assertThat(calls.get(path).problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({"{}", "{\"receiver\": null}"})
    void testSendsNothingWhereNoReceiverExistsOrIsNamed(String body) {
        Answer answer = calls.post("/notifications/test", body);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void testOfAnUnknownReceiverIsRefused() {
        Answer answer = calls.post("/notifications/test", "{\"receiver\": \"nosuch\"}");
        assertThat(answer.problem()).isEqualTo("400 receiver");
        assertThat(answer.text()).contains("no receiver is configured");
    }
}
