package dev.sonde.probe.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.Thresholds;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeHealthTest {

    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Outcome OK = Outcome.Succeeded.connected();
    private static final Outcome BAD =
            new Outcome.Failed(FailureReason.REFUSED, Phase.CONNECT, "a RST answered");
    private static final Outcome NOBODY_ASKED =
            new Outcome.NotProbed(NotProbedReason.OVERLOADED, null, "the queue is full");

    @Test
    void stateIsPendingWhenFewerSuccessesThanRise() {
        assertThat(after(ProbeHealth.pending(T0), OK).state()).isEqualTo(ProbeState.PENDING);
    }

    @Test
    void stateIsUpWhenRiseSuccessesInARow() {
        ProbeHealth health = after(ProbeHealth.pending(T0), OK, OK);
        assertThat(health.state()).isEqualTo(ProbeState.UP);
        assertThat(health.since()).isEqualTo(T1);
    }

    @Test
    void stateIsDownWhenFallFailuresInARow() {
        assertThat(after(ProbeHealth.pending(T0), BAD, BAD, BAD).state())
                .isEqualTo(ProbeState.DOWN);
    }

    @Test
    void streakStartsAnewWhenOutcomesAlternate() {
        ProbeHealth up = new ProbeHealth(ProbeState.UP, T0, 2);
        assertThat(after(up, BAD, BAD, OK, BAD, BAD).state()).isEqualTo(ProbeState.UP);
        assertThat(after(up, BAD, BAD, OK, BAD, BAD, BAD).state()).isEqualTo(ProbeState.DOWN);
    }

    @Test
    void nothingChangesWhenNobodyWasAsked() {
        ProbeHealth almostDown = after(new ProbeHealth(ProbeState.UP, T0, 2), BAD, BAD);
        assertThat(after(almostDown, NOBODY_ASKED)).isSameAs(almostDown);
        assertThat(after(almostDown, NOBODY_ASKED, BAD).state()).isEqualTo(ProbeState.DOWN);
    }

    @Test
    void nothingIsAllocatedWhenAllIsWell() {
        ProbeHealth up = after(ProbeHealth.pending(T0), OK, OK);
        assertThat(after(up, OK, OK, OK)).isSameAs(up);
    }

    @Test
    void nothingChangesWhenPaused() {
        ProbeHealth paused = ProbeHealth.paused(T0);
        assertThat(after(paused, BAD, BAD, BAD)).isSameAs(paused);
    }

    private static ProbeHealth after(ProbeHealth health, Outcome... outcomes) {
        ProbeHealth next = health;
        for (Outcome outcome : outcomes) {
            next = next.after(outcome, Thresholds.DEFAULT, T1);
        }
        return next;
    }
}
