package dev.sonde.probe.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.Thresholds;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProbeHealthTest {

    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Verdict OK = Verdict.GOOD;
    private static final Verdict SLOW = Verdict.DEGRADED;
    private static final Verdict BAD = Verdict.BAD;
    private static final Verdict NOBODY_ASKED = Verdict.NONE;

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

    @Test
    void stateIsDegradedAfterFallRunsWithAFigureOutOfItsBound() {
        ProbeHealth up = after(ProbeHealth.pending(T0), OK, OK);
        assertThat(after(up, SLOW, SLOW, OK, SLOW, SLOW).state()).isEqualTo(ProbeState.UP);
        ProbeHealth slow = after(up, SLOW, SLOW, SLOW);
        assertThat(slow.state()).isEqualTo(ProbeState.DEGRADED);
        assertThat(after(slow, SLOW)).isSameAs(slow);
        assertThat(after(slow, OK).state()).isEqualTo(ProbeState.DEGRADED);
        assertThat(after(slow, OK, OK).state()).isEqualTo(ProbeState.UP);
        assertThat(after(slow, BAD, BAD, BAD).state()).isEqualTo(ProbeState.DOWN);
    }

    @Test
    void stateIsDegradedAfterDownWhereTheLastRunIsSlow() {
        ProbeHealth down = after(ProbeHealth.pending(T0), BAD, BAD, BAD);
        assertThat(after(down, OK, SLOW).state()).isEqualTo(ProbeState.DEGRADED);
        assertThat(after(down, SLOW, OK).state()).isEqualTo(ProbeState.UP);
    }

    private static ProbeHealth after(ProbeHealth health, Verdict... verdicts) {
        ProbeHealth next = health;
        for (Verdict verdict : verdicts) {
            next = next.after(verdict, Thresholds.DEFAULT, T1);
        }
        return next;
    }
}
