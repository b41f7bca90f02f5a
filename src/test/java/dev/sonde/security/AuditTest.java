package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.web.server.LocalServerPort;

@SecuredTest
@Isolated("a service that starts meanwhile resets Logback and its appenders")
class AuditTest {

    @LocalServerPort private int port;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Recorder recorder = new Recorder();
    private Asker asker;

    private final class Recorder extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(
                    event.getKeyValuePairs().stream()
                            .map(pair -> pair.key + "=" + pair.value)
                            .collect(Collectors.joining(" ", event.getMessage() + " ", "")));
        }
    }

    @BeforeEach
    void listen() {
        asker = new Asker(port);
        recorder.start();
        ((Logger) AuditLog.LOG).addAppender(recorder);
    }

    @AfterEach
    void stopListening() {
        ((Logger) AuditLog.LOG).detachAppender(recorder);
        asker.close();
    }

    private void awaitLine(String... parts) {
        await().untilAsserted(
                        () -> assertThat(lines).anySatisfy(l -> assertThat(l).contains(parts)));
    }

    @Test
    void aChangeIsToldOfWhenItIsDone() {
        asker.post(
                "operate",
                "/api/v1/probes",
                "{\"name\": \"audited\", \"target\": \"127.0.0.1:1\", \"interval\": \"1h\"}");
        awaitLine(
                "request who=otto from=127.0.0.1 method=POST path=/api/v1/probes status=201",
                "decision=done",
                "made=/api/v1/probes/audited");
        asker.ask("administer", "DELETE", "/api/v1/probes/audited", "");
        awaitLine("who=ada", "method=DELETE path=/api/v1/probes/audited status=204");
    }

    @Test
    void aChangeIsToldOfWhenItIsDenied() {
        asker.ask("view", "DELETE", "/api/v1/probes/other", "");
        awaitLine("who=vera", "path=/api/v1/probes/other status=403 decision=denied");
        asker.get("wrong", "/api/v1/checks");
        awaitLine("who=anonymous", "path=/api/v1/checks status=401 decision=unauthenticated");
    }

    @Test
    void nothingIsToldOfWhenSomebodyReads() {
        asker.get("view", "/api/v1/checks?audited");
        asker.ask("operate", "DELETE", "/api/v1/probes/unread", "");
        awaitLine("/api/v1/probes/unread");
        assertThat(lines).noneMatch(line -> line.contains("method=GET"));
    }

    @Test
    void aDeniedTargetIsToldOfWithCallerAndAddress() {
        asker.post("operate", "/api/v1/checks", "{\"targets\": [\"169.254.169.254:80\"]}");
        awaitLine(
                "target who=otto target=169.254.169.254:80 decision=denied_by_policy",
                "address=169.254.169.254:80");
    }

    @Test
    void aDeniedTargetIsToldOfWhenAScrapeAsksForIt() {
        asker.get("administer", "/probe?module=tcp_connect&target=169.254.169.253:80");
        awaitLine("target who=ada target=169.254.169.253:80 decision=denied_by_policy");
    }

    @Test
    void aDeniedTargetIsToldOfOnceWhenItIsProbedOnSchedule() {
        asker.ask(
                "operate",
                "PUT",
                "/api/v1/probes/denied",
                "{\"target\": \"169.254.169.254:80\", \"interval\": \"100ms\","
                        + " \"settings\": {\"timeout\": \"100ms\"}}");
        await().until(
                        () ->
                                asker.get("view", "/api/v1/probes/denied/results")
                                                .body()
                                                .split("denied_by", -1)
                                                .length
                                        > 3);
        asker.ask("operate", "DELETE", "/api/v1/probes/denied", "");
        assertThat(lines.stream().filter(line -> line.contains("probe=denied")))
                .singleElement()
                .asString()
                .contains("who=schedule", "address=169.254.169.254:80");
    }

    @Test
    void aDeniedListenerIsToldOfWithItsAddress() {
        asker.post(
                "operate",
                "/api/v1/listeners",
                "{\"name\": \"low\", \"bind\": \"127.0.0.1:80\", \"behaviour\": {\"type\": \"echo\"}}");
        awaitLine("who=otto", "status=403", "reason=denied_by_policy", "address=127.0.0.1:80");
    }
}
