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
                                        TimelineEvent.client(1, "tls_established"),
                                        TimelineEvent.client(2, "second_connect"),
                                        counted("client", "more_events"),
                                        counted("listener", "tls_failed")));
        assertThat(TimelineSteps.of(attempt))
                .extracting(TimelineSteps.Step::label)
                .containsSubsequence(
                        "TLS established", "second connect", "more events (7)", "TLS failed (7)");
    }

    private static TimelineEvent counted(String side, String event) {
        return new TimelineEvent(3, side, event, null, 7, null);
    }
}
