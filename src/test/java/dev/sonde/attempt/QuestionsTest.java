package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Payload;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuestionsTest {

    private long nowNanos = -5;
    private final Questions questions = new Questions(Set.of(Question.PATH), () -> nowNanos);

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void pathIsDueWhereTheReasonLeavesOpenHowFarTheSynCame(FailureReason reason) {
        assertThat(isPathDue(questions, failed(reason)))
                .isEqualTo(
                        EnumSet.of(
                                        FailureReason.TIMED_OUT,
                                        FailureReason.HOST_UNREACHABLE,
                                        FailureReason.NET_UNREACHABLE,
                                        FailureReason.PROHIBITED)
                                .contains(reason));
    }

    @Test
    void atMostOnePathASecondIsAskedByItself() {
        ProbeResult failed = failed(FailureReason.TIMED_OUT);
        assertThat(isPathDue(questions, failed)).isTrue();
        nowNanos += 999_999_999;
        assertThat(isPathDue(questions, failed)).isFalse();
        nowNanos++;
        assertThat(isPathDue(questions, failed)).isTrue();
    }

    @Test
    void ownSideHasAHundredTurnsASecond() {
        Questions own = new Questions(Set.of(Question.OWN_SIDE), () -> nowNanos);
        for (int turn = 0; turn < 100; turn++) {
            assertThat(own.isOwnSideDue()).isTrue();
        }
        assertThat(own.isOwnSideDue()).isFalse();
        nowNanos += 10_000_000;
        assertThat(own.isOwnSideDue()).isTrue();
        assertThat(own.isOwnSideDue()).isFalse();
    }

    /// Two loops meet the end of a timeout at once.
    @Test
    void noTurnIsLostWhenLoopsAskAtOnce() {
        Questions own = new Questions(Set.of(Question.OWN_SIDE), () -> 0);
        long due =
                IntStream.range(0, 1_000)
                        .parallel()
                        .mapToObj(_ -> own.isOwnSideDue())
                        .filter(isDue -> isDue)
                        .count();
        assertThat(due).isEqualTo(100);
    }

    @Test
    void nothingIsDueThatTheSettingsDoNotAllow() {
        Questions none = new Questions(Set.of(Question.MTU), () -> 0);
        assertThat(isPathDue(none, failed(FailureReason.TIMED_OUT))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNACKNOWLEDGED, OBSERVE, 'PATH, DATA_PATH, MTU'",
        "NO_ANSWER, OBSERVE, MTU",
        "TIMED_OUT, DIALOGUE, 'PATH, MTU'",
        "RESET, OBSERVE, 'PATH, DATA_PATH'",
        "RESET, CONNECT, ''",
        "TIMED_OUT, CONNECT, 'PATH, FLOWS, PORTS'",
        "REFUSED, CONNECT, ''"
    })
    void incidentAsksWhatItsVerdictLeavesOpen(FailureReason reason, Phase phase, String due) {
        Questions all = new Questions(EnumSet.allOf(Question.class), () -> 0);
        ProbeSettings sending =
                ProbeSettings.DEFAULT.withSteps(
                        List.of(
                                new ObserveSettings(
                                        Duration.ofSeconds(1), Duration.ZERO, Payload.text("x"))));
        assertThat(all.ofIncident(failed(reason, phase), sending).toString())
                .isEqualTo("[" + due + "]");
        ProbeSettings asking =
                sending.withPath(PathSettings.DEFAULT)
                        .withAsk(new AskSettings(AskSettings.ON_REQUEST, 1));
        Questions again = new Questions(EnumSet.allOf(Question.class), () -> 0);
        assertThat(again.ofIncident(failed(reason, phase), asking)).isEmpty();
    }

    private static boolean isPathDue(Questions asked, ProbeResult found) {
        return asked.ofIncident(found, ProbeSettings.DEFAULT).contains(Question.PATH);
    }

    private static ProbeResult failed(FailureReason reason) {
        return failed(reason, Phase.CONNECT);
    }

    private static ProbeResult failed(FailureReason reason, Phase phase) {
        Outcome outcome = new Outcome.Failed(reason, phase, "no answer");
        return new ProbeResult(
                new UUID(0, 0),
                "a",
                Target.parse("10.0.0.1:80"),
                Instant.EPOCH,
                List.of(AttemptResult.unconnected(null, outcome, List.of())));
    }
}
