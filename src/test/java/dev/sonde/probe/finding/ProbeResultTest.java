package dev.sonde.probe.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which attempt speaks for the whole, and what attempts add up to.
class ProbeResultTest {

    private static final AttemptResult FAST = attempt(Outcome.Succeeded.connected(), 10);
    private static final AttemptResult SLOW = attempt(Outcome.Succeeded.connected(), 20);
    private static final AttemptResult DENIED =
            attempt(new Outcome.NotProbed(NotProbedReason.DENIED_BY_POLICY, null, "denied"), 99);
    private static final AttemptResult REFUSED =
            attempt(new Outcome.Failed(FailureReason.REFUSED, Phase.CONNECT, "refused"), 1);
    private static final AttemptResult TIMED_OUT =
            attempt(new Outcome.Failed(FailureReason.TIMED_OUT, Phase.CONNECT, "silence"), 50);

    @Test
    void plainPhasesAreAListLikeAnyOther() {
        List<PhaseTime> phases =
                List.of(new PhaseTime(Phase.QUEUE, 3), new PhaseTime(Phase.CONNECT, 4));

        assertThat(new PhaseTime.PlainPhases(3, 4)).isEqualTo(phases).hasSameHashCodeAs(phases);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhaseTime.PlainPhases(3, -1))
                .withMessage("negative time in CONNECT: -1");
    }

    @Test
    void failureDecidesWhenAnyAttemptFailed() {
        assertThat(result(SLOW, DENIED, REFUSED, FAST).deciding()).isSameAs(REFUSED);
    }

    @Test
    void firstFailureDecidesWhenSeveralFailed() {
        assertThat(result(FAST, REFUSED, TIMED_OUT).deciding()).isSameAs(REFUSED);
        assertThat(result(TIMED_OUT, REFUSED).deciding()).isSameAs(TIMED_OUT);
    }

    @Test
    void unprobedDecidesWhenNoneFailed() {
        assertThat(result(SLOW, DENIED).outcome()).isEqualTo(DENIED.outcome());
    }

    @Test
    void slowestDecidesWhenAllSucceeded() {
        assertThat(result(FAST, SLOW, FAST).deciding()).isSameAs(SLOW);
        assertThat(result(FAST).deciding()).isSameAs(FAST);
    }

    @Test
    void resultNeedsAnAttempt() {
        assertThatIllegalArgumentException().isThrownBy(ProbeResultTest::result);
    }

    @Test
    void phasesAddUpToTheAttempt() {
        List<PhaseTime> phases =
                List.of(
                        new PhaseTime(Phase.QUEUE, 1),
                        new PhaseTime(Phase.RESOLVE, 20),
                        new PhaseTime(Phase.CONNECT, 300));
        assertThat(AttemptResult.unconnected(null, DENIED.outcome(), phases).tookNanos())
                .isEqualTo(321);
    }

    @Test
    void phaseIsNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PhaseTime(Phase.QUEUE, -1));
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void labelOfAFailureIsLowerSnakeCase(FailureReason reason) {
        assertThat(new Outcome.Failed(reason, Phase.CONNECT, "").reasonLabel())
                .matches("[a-z]+(_[a-z]+)*");
    }

    @ParameterizedTest
    @EnumSource(NotProbedReason.class)
    void labelOfWhatWasNotProbedIsLowerSnakeCase(NotProbedReason reason) {
        assertThat(new Outcome.NotProbed(reason, null, "").reasonLabel())
                .matches("[a-z]+(_[a-z]+)*");
    }

    @Test
    void settingsAreRefusedWhenTheyMakeNoSense() {
        ProbeSettings settings = ProbeSettings.DEFAULT;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTimeout(Duration.ofMillis(1).minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTimeout(Duration.ofMinutes(10).plusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ProbeSettings(
                                        settings.timeout(),
                                        settings.addresses(),
                                        settings.family(),
                                        null,
                                        CloseMode.FIN,
                                        Handshake.HALF_OPEN));
    }

    private static AttemptResult attempt(Outcome outcome, long tookNanos) {
        return AttemptResult.unconnected(
                null, outcome, List.of(new PhaseTime(Phase.CONNECT, tookNanos)));
    }

    private static ProbeResult result(AttemptResult... attempts) {
        return new ProbeResult(
                new UUID(0, 0), null, new Target("a", 1), Instant.EPOCH, Arrays.asList(attempts));
    }
}
