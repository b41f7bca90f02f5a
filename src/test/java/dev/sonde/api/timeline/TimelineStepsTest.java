package dev.sonde.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a drawing calls the events that have no arrow of their own.
class TimelineStepsTest {

    @Test
    void wordsArePlainOnesWhenAnEventHasNoArrow() {
        AttemptResult attempt =
                AttemptResult.unconnected(null, Outcome.Succeeded.connected(), List.of())
                        .withTimeline(
                                List.of(
                                        TimelineEvent.client(1, TimelineEvent.Kind.TLS_ESTABLISHED),
                                        TimelineEvent.client(2, TimelineEvent.Kind.SECOND_CONNECT),
                                        counted(
                                                TimelineEvent.Side.CLIENT,
                                                TimelineEvent.Kind.MORE_EVENTS),
                                        counted(
                                                TimelineEvent.Side.LISTENER,
                                                TimelineEvent.Kind.TLS_FAILED)));
        assertThat(TimelineSteps.of(attempt, "db.example"))
                .extracting(DiagramStep::label)
                .containsSubsequence(
                        "TLS established", "second connect", "more events (7)", "TLS failed (7)");
    }

    private static TimelineEvent counted(TimelineEvent.Side side, TimelineEvent.Kind kind) {
        return new TimelineEvent(3, side, kind, null, 7, null);
    }
}
