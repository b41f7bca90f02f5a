package dev.sonde.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.result.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.events.kept=100",
            "sonde.events.heartbeat=200ms",
            "sonde.events.subscribers=1000"
        })
@Isolated("counts the threads of this process")
class EventStreamTest {

    @LocalServerPort int port;
    @Autowired EventLog log;
    @Autowired EventDispatcher dispatcher;

    private void change(String probe) {
        log.accept(
                new Transition(
                        probe,
                        ProbeState.UP,
                        ProbeState.DOWN,
                        Instant.EPOCH,
                        new Transition.Cause(null, "refused", null)));
    }

    private void awaitSubscribers(int count) {
        await().until(() -> dispatcher.subscribers() == count);
    }

    @Test
    void streamEndsByItselfWhenItsTimeIsOver() throws IOException {
        HttpURLConnection reader =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + "/api/v1/events?for=100ms")
                                .toURL()
                                .openConnection();
        try (InputStream stream = reader.getInputStream()) {
            assertThat(stream.readAllBytes()).startsWith(':');
        }
        awaitSubscribers(0);
    }

    @ParameterizedTest
    @CsvSource({"soon", "99ms", "25h", "''"})
    void aTimeIsRefusedWhenItIsNoneOrOutOfRange(String text) throws IOException {
        HttpURLConnection reader =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + "/api/v1/events?for=" + text)
                                .toURL()
                                .openConnection();
        assertThat(reader.getResponseCode()).isEqualTo(400);
        assertThat(new String(reader.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"field\":\"for\"");
    }

    @Test
    void streamTellsTransitionsAsTheyCome() throws IOException {
        try (EventReader reader = new EventReader(port, "")) {
            change("web");
            EventReader.Sent sent = reader.next();
            assertThat(sent.type()).isEqualTo("transition");
            assertThat(sent.id()).isEqualTo(log.end() - 1);
            assertThat(sent.data())
                    .isEqualTo(
                            "{\"probe\":\"web\",\"from\":\"up\",\"to\":\"down\",\"at\":"
                                    + "\"1970-01-01T00:00:00Z\",\"cause\":{\"reason\":\"refused\"}}");
        }
    }

    @Test
    void streamTellsResultsAndTransitionsOfScheduledRuns() throws IOException {
        String name = "self-" + System.nanoTime();
        try (HttpCalls calls = new HttpCalls(port);
                EventReader reader = new EventReader(port, "?probe=" + name)) {
            calls.put(
                    "/probes/" + name,
                    "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\", \"rise\": 1}"
                            .formatted(port));
            assertThat(reader.next().data())
                    .contains("\"probe\":\"" + name + "\"", "\"outcome\":\"succeeded\"");
            assertThat(reader.next().data()).contains("\"from\":\"pending\",\"to\":\"up\"");
            calls.delete("/probes/" + name);
        }
    }

    @Test
    void streamIsNarrowedByTypeAndProbe() throws IOException {
        try (EventReader reader =
                new EventReader(port, "?type=transition,listener&probe=a&probe=b,c")) {
            change("other");
            change("b");
            assertThat(reader.next().data()).contains("\"b\"");
        }
    }

    @Test
    void streamResumesAfterTheLastEvent() throws IOException {
        long before = log.end();
        change("a");
        change("b");
        try (EventReader reader = new EventReader(port, "", "Last-Event-ID: " + before);
                EventReader other = new EventReader(port, "?lastEventId=" + before)) {
            assertThat(reader.next().data()).contains("\"b\"");
            assertThat(other.next().id()).isEqualTo(before + 1);
        }
    }

    @Test
    void streamTellsOfARestartWhenIdIsFromBefore() throws IOException {
        change("a");
        try (EventReader reader = new EventReader(port, "", "Last-Event-ID: 5")) {
            assertThat(reader.next())
                    .isEqualTo(
                            new EventReader.Sent(
                                    log.first() - 1, "lost", "{\"count\":0,\"restarted\":true}"));
        }
    }

    @Test
    void slowReaderLosesTheOldestAndIsTold() throws IOException {
        long before = log.end();
        for (int i = 0; i < 150; i++) {
            change("p-" + i);
        }
        try (EventReader reader = new EventReader(port, "", "Last-Event-ID: " + (before - 1))) {
            assertThat(reader.next().data()).isEqualTo("{\"count\":50}");
            assertThat(reader.next().data()).contains("\"p-50\"");
        }
    }

    @Test
    void readerWhoStoppedReadingIsToldAndHoldsNobodyUp() throws IOException {
        try (EventReader stuck = new EventReader(port, "?type=transition");
                EventReader reader = new EventReader(port, "?type=transition")) {
            awaitSubscribers(2);
            for (int i = 0; i < 60_000; i++) {
                change("p-" + i);
            }
            change("last");
            EventReader.Sent sent = reader.next();
            while (!sent.data().contains("\"last\"")) {
                sent = reader.next();
            }
            sent = stuck.next();
            while (!sent.type().equals("lost")) {
                sent = stuck.next();
            }
            assertThat(sent.data()).matches("\\{\"count\":\\d+}");
        }
    }

    @Test
    void silentStreamShowsThatItIsAlive() throws IOException {
        try (EventReader reader = new EventReader(port, "?probe=nobody")) {
            reader.awaitHeartbeat();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?type=weather,400 type",
        "?probe=Upper,400 probe",
        "?listener=_,400 listener",
        "?lastEventId=first,400 lastEventId"
    })
    void streamAnswersInvalidWhenParameterIsBad(String query, String problem) {
        try (HttpCalls calls = new HttpCalls(port)) {
            assertThat(calls.get("/events" + query).problem()).isEqualTo(problem);
        }
    }

    /// The server gives a request's objects to the next request once it has ended it; whoever still
    /// touches them ends a stranger's stream.
    @Test
    void readersWhoGoAwayLeaveTheStreamsOfOthersAlone() throws IOException {
        for (int round = 0; round < 10; round++) {
            List<EventReader> leaving = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                leaving.add(new EventReader(port, "?type=transition"));
            }
            leaving.forEach(EventReader::close);
            List<EventReader> staying = new ArrayList<>();
            try {
                for (int i = 0; i < 25; i++) {
                    change("noise");
                    staying.add(new EventReader(port, "?type=transition&probe=last"));
                }
                change("last");
                for (EventReader reader : staying) {
                    assertThat(reader.next().data()).contains("\"last\"");
                }
            } finally {
                staying.forEach(EventReader::close);
            }
        }
    }

    @Test
    void thousandIdleSubscribersCostNoPlatformThreadAndOneMoreIsRefused() throws IOException {
        awaitSubscribers(0);
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                readers.add(new EventReader(port, ""));
            }
            int after = ManagementFactory.getThreadMXBean().getThreadCount();
            assertThat(after - before).isLessThan(20);
            try (EventReader refused = new EventReader(port, "")) {
                assertThat(refused.status()).contains(" 429");
            }
            change("all");
            for (EventReader reader : readers) {
                assertThat(reader.next().data()).contains("\"all\"");
            }
        } finally {
            readers.forEach(EventReader::close);
        }
        awaitSubscribers(0);
    }
}
