package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a schedule does with the probes of other replicas, and with those that change hands.
class OwnershipTest {

    private static final Duration SOON = Duration.ofMillis(500);

    private final HandDrivenSchedule driven = new HandDrivenSchedule();
    private final FakeRuns runs = driven.runs;
    private final HandMadeOwnership ownership = driven.ownership;

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void probeIsKnownAndDoesNotRunWhenItIsAnothers() {
        ownership.lose("a");
        assertThat(driven.put("a", SPEC).nextRunAt()).isNull();
        driven.pass(INTERVAL.multipliedBy(2));
        assertThat(runs.started).isEmpty();
        assertThat(driven.schedules.figures().isOwned(0)).isFalse();
        assertThat(driven.schedules.figures().size()).isOne();
    }

    @Test
    void nothingIsPlannedWhenAProbeIsHandedOver() {
        driven.put("a", SPEC);
        hand(ownership.lose("a"));
        assertThat(driven.view("a").nextRunAt()).isNull();
        assertThat(driven.deadlines()).isZero();
    }

    @Test
    void rhythmIsKeptWhenAProbeChangesHandsWithoutAPause() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        hand(ownership.lose("a"));
        hand(ownership.gain("a", 0));
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first);
    }

    @Test
    void oneRunIsMadeSoonAndTheRhythmIsKeptWhenRunsWereMissed() {
        runs.atOnce = SUCCEEDED;
        Instant first = driven.put("a", SPEC).nextRunAt();
        hand(ownership.lose("a"));
        Instant late = Objects.requireNonNull(first).plus(INTERVAL.multipliedBy(3)).plusSeconds(1);
        driven.passUntil(late);
        hand(ownership.gain("a", Duration.between(first, late).toNanos() + 1));
        assertThat(driven.view("a").nextRunAt()).isBetween(late, late.plus(SOON));
        driven.pass(SOON);
        assertThat(runs.started).hasSize(1);
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first.plus(INTERVAL.multipliedBy(4)));
    }

    @Test
    void nothingIsMadeUpForWhenNoRunFellIntoThePause() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        hand(ownership.lose("a"));
        driven.passUntil(Objects.requireNonNull(first).plusSeconds(5));
        hand(ownership.gain("a", Duration.ofSeconds(4).toNanos()));
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first.plus(INTERVAL));
    }

    @Test
    void runDoesNotStartWhenTheProcessStoodStillTooLong() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        ownership.stoodStill = true;
        driven.passUntil(Objects.requireNonNull(first).plusSeconds(6));
        assertThat(runs.started).isEmpty();
    }

    @Test
    void resultDecidesNothingWhenTheProbeWasHandedOverMeanwhile() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        hand(ownership.lose("a"));
        runs.latest().end(REFUSED);
        driven.loop.turn();
        assertThat(driven.view("a").last()).isNull();
    }

    @Test
    void stateIsTheNewestOneWhenAnotherReplicaTells() {
        ownership.lose("a");
        Instant created = driven.put("a", SPEC).health().since();
        follow(ProbeState.UP, created.plusSeconds(2));
        follow(ProbeState.DOWN, created.plusSeconds(1));
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.UP);
        assertThat(driven.transitions).isEmpty();
    }

    @Test
    void stateIsTheOwnersWhenAnotherReplicaTellsOfAProbeThatIsNotIts() {
        Instant created = driven.put("a", SPEC).health().since();
        follow(ProbeState.UP, created.plusSeconds(2));
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PENDING);
    }

    @Test
    void pauseIsToldByTheOwnerAloneWhenAnotherReplicaMakesIt() {
        ownership.lose("a");
        driven.put("a", SPEC);
        driven.put("a", SPEC.withPaused(true));
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PAUSED);
        assertThat(driven.transitions).isEmpty();
    }

    private void follow(ProbeState state, Instant at) {
        Transition.Cause cause = new Transition.Cause(UUID.randomUUID(), "connected", null);
        driven.schedules.mirror().follow(new Transition("a", ProbeState.PENDING, state, at, cause));
        driven.loop.turn();
    }

    private void hand(Handover handover) {
        driven.schedules.mirror().handOver(handover);
        driven.loop.turn();
    }
}
