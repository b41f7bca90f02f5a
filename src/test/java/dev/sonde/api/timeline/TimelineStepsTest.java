package dev.sonde.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.Phase;
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

    @Test
    void lookUpHasArrowsOnlyWhereAQueryWasSent() {
        Outcome none = new Outcome.Failed(FailureReason.NAME_NOT_FOUND, Phase.RESOLVE, "no name");
        AttemptResult unasked =
                AttemptResult.unconnected(null, none, List.of(new PhaseTime(Phase.QUEUE, 1)));
        AttemptResult asked =
                AttemptResult.unconnected(null, none, List.of(new PhaseTime(Phase.RESOLVE, 1)));
        NameEvidence silent = NameEvidence.unanswered("10.0.0.1:53");
        assertThat(labels(unasked)).contains("name_not_found: no query was sent");
        assertThat(labels(asked)).contains("look-up of db.example", "name_not_found");
        assertThat(labels(asked.withLookup(silent))).contains("look-up of db.example");
        assertThat(labels(asked.withLookup(silent.asCached())))
                .contains("name_not_found: no query was sent");
    }

    private static List<String> labels(AttemptResult attempt) {
        return TimelineSteps.of(attempt, "db.example").stream().map(DiagramStep::label).toList();
    }

    private static TimelineEvent counted(TimelineEvent.Side side, TimelineEvent.Kind kind) {
        return new TimelineEvent(3, side, kind, null, 7, null);
    }
}
