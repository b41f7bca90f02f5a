package dev.sonde.attempt.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The events of a socket, of which the usual ones are kept as numbers.
class TimelineTest {

    private final AtomicLong nowNanos = new AtomicLong(5_000);
    private final Timeline timeline = new Timeline(() -> nowNanos.getAndAdd(1_000));

    private static final List<TimelineEvent> USUAL =
            List.of(
                    TimelineEvent.client(0, Kind.CONNECT_CALLED),
                    TimelineEvent.ready(7, Kind.CONNECT_READY, 3),
                    TimelineEvent.client(1, Kind.CONNECT_FINISHED),
                    TimelineEvent.client(2, Kind.CLOSE_RST));

    @ParameterizedTest
    @EnumSource(names = {"CLOSE_RST", "CLOSE_FIN"})
    void usualEventsAreKeptInTheirOrder(Kind close) {
        List<TimelineEvent> usual = new ArrayList<>(USUAL);
        usual.set(3, TimelineEvent.client(2, close));

        connect();
        timeline.noteLast(close);
        assertThat(timeline.events()).isEqualTo(usual).hasSameHashCodeAs(usual);
    }

    @Test
    void everyEventIsKeptWhenTheyAreReadInBetween() {
        timeline.noteStart(Kind.CONNECT_CALLED);
        assertThat(timeline.events()).isEqualTo(USUAL.subList(0, 1));
        timeline.ready(Kind.CONNECT_READY, 12_000, 3);
        timeline.note(Kind.CONNECT_FINISHED);
        timeline.noteLast(Kind.CLOSE_RST);
        assertThat(timeline.events()).isEqualTo(USUAL);
    }

    @Test
    void otherEventsStandBetweenTheUsualOnes() {
        connect();
        timeline.note(Kind.RECEIVED, 12);
        timeline.noteLast(Kind.CLOSE_FIN);
        assertThat(timeline.events().subList(0, 3)).isEqualTo(USUAL.subList(0, 3));
        assertThat(timeline.events().subList(3, 5))
                .extracting(TimelineEvent::kind, TimelineEvent::count)
                .containsExactly(tuple(Kind.RECEIVED, 12), tuple(Kind.CLOSE_FIN, null));
    }

    private void connect() {
        timeline.noteStart(Kind.CONNECT_CALLED);
        timeline.ready(Kind.CONNECT_READY, 12_000, 3);
        timeline.note(Kind.CONNECT_FINISHED);
    }
}
