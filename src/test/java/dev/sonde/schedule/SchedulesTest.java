package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static dev.sonde.schedule.HandDrivenSchedule.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.plan.FailureCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // a null fails the test
class SchedulesTest {

    private final HandDrivenSchedule driven = new HandDrivenSchedule();
    private final FakeRuns runs = driven.runs;

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void firstRunIsWithinTheIntervalWhenCreated() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        assertThat(first).isAfterOrEqualTo(START).isBefore(START.plus(INTERVAL));
        driven.passUntil(first.minusNanos(1));
        assertThat(runs.started).isEmpty();
        driven.passUntil(first);
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void firstRunsAreSpreadWhenManyAreCreated() {
        Set<Long> seconds = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seconds.add(driven.put("probe-" + i, SPEC).nextRunAt().getEpochSecond());
        }
        assertThat(seconds).hasSize(10);
    }

    @Test
    void phaseIsKeptWhenTheServiceStartsAgain() {
        Instant before = driven.put("a", SPEC).nextRunAt();
        try (HandDrivenSchedule restarted = new HandDrivenSchedule()) {
            restarted.pass(Duration.ofSeconds(33));
            Instant after = restarted.put("a", SPEC).nextRunAt();
            assertThat(Duration.between(before, after).toNanos() % INTERVAL.toNanos()).isZero();
        }
    }

    @Test
    void runsDoNotDriftWhenTheyStartLate() {
        runs.atOnce = SUCCEEDED;
        Instant first = driven.put("a", SPEC).nextRunAt();
        driven.passUntil(first.plusMillis(7));
        assertThat(driven.lateness).containsExactly(Duration.ofMillis(7));
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first.plus(INTERVAL));
    }

    @Test
    void runIsSkippedWhenTheOneBeforeGoesOn() {
        Instant first = driven.put("a", SPEC).nextRunAt();
        driven.passUntil(first);
        driven.pass(INTERVAL);
        assertThat(runs.started).hasSize(1);
        assertThat(driven.skipped).isEqualTo(1);
        runs.latest().end(SUCCEEDED);
        driven.pass(INTERVAL);
        assertThat(runs.started).hasSize(2);
    }

    @Test
    void runsWaitWhileThePortOfTheServiceItselfIsNotOpen() {
        driven.put("own", ProbeSpec.of(new Target("127.0.0.1", 8_080), INTERVAL));
        driven.pass(INTERVAL);
        driven.pass(INTERVAL);
        assertThat(runs.started).isEmpty();
        assertThat(driven.skipped).isZero();

        driven.unopened.open();
        driven.pass(Duration.ofMillis(200));
        assertThat(runs.started).hasSize(1);
    }

    @Test
    void noRunIsMissedWhenOnlyTheLabelsOfASetChange() {
        runs.atOnce = SUCCEEDED;
        driven.schedules.putSet("set", Map.of("a", SPEC), () -> {});
        driven.pass(Duration.ZERO);
        driven.passUntil(driven.view("a").nextRunAt());
        for (int i = 1; i <= 10; i++) {
            driven.pass(INTERVAL.dividedBy(2));
            ProbeSpec labelled = SPEC.withLabels(Map.of("change", Integer.toString(i)));
            driven.schedules.putSet("set", Map.of("a", labelled), () -> {});
            driven.pass(INTERVAL.dividedBy(2));
            assertThat(runs.started).hasSize(1 + i);
        }
        assertThat(driven.skipped).isZero();
    }

    @Test
    void missedRunsAreSkippedWhenTheProcessStoodStill() {
        runs.atOnce = SUCCEEDED;
        Instant first = driven.put("a", SPEC).nextRunAt();
        driven.passUntil(first.plus(INTERVAL.multipliedBy(3)).plusMillis(1));
        assertThat(runs.started).hasSize(1);
        assertThat(driven.skipped).isEqualTo(3);
        assertThat(driven.view("a").nextRunAt()).isEqualTo(first.plus(INTERVAL.multipliedBy(4)));
    }

    @Test
    void stateIsUpAndToldWhenRiseRunsSucceed() {
        driven.put("a", SPEC);
        runs.atOnce = SUCCEEDED;
        driven.pass(INTERVAL);
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PENDING);
        Transition.Row row = Transition.Row.from(driven.view("a").last()).withRuns(2);
        driven.pass(INTERVAL);
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.UP);
        Transition.Cause cause = Transition.Cause.of(driven.view("a").last(), row);
        assertThat(driven.transitions)
                .containsExactly(
                        new Transition(
                                "a",
                                ProbeState.PENDING,
                                ProbeState.UP,
                                driven.clock.instant(),
                                cause));
    }

    @Test
    void failuresAreCountedByReason() {
        driven.put("a", SPEC);
        runs.atOnce = REFUSED;
        driven.pass(INTERVAL);
        driven.pass(INTERVAL);
        assertThat(driven.schedules.figures().failures(0))
                .isEqualTo(new FailureCounts(FailureReason.REFUSED, 2, null));
    }

    @Test
    void stateIsKeptWhenTheTargetChanges() {
        upProbe("a");
        Instant next = driven.view("a").nextRunAt();
        ProbeSnapshot changed = driven.put("a", SPEC.withTarget(new Target("other.example", 80)));
        assertThat(changed.health().state()).isEqualTo(ProbeState.UP);
        assertThat(changed.nextRunAt()).isEqualTo(next);
        driven.pass(INTERVAL);
        assertThat(runs.latest().target.host()).isEqualTo("other.example");
    }

    @Test
    void nextRunMovesWhenTheIntervalChanges() {
        driven.put("a", SPEC.withInterval(Duration.ofHours(24)));
        Instant next = driven.put("a", SPEC).nextRunAt();
        assertThat(next).isBefore(START.plus(INTERVAL));
        assertThat(driven.deadlines()).isEqualTo(1);
    }

    @Test
    void nothingRunsWhenPaused() {
        upProbe("a");
        ProbeSnapshot paused = driven.put("a", SPEC.withPaused(true));
        assertThat(paused.health()).isEqualTo(ProbeHealth.paused(driven.clock.instant()));
        assertThat(paused.nextRunAt()).isNull();
        assertThat(driven.deadlines()).isZero();
        assertThat(driven.transitions.getLast().cause()).isEqualTo(Transition.Cause.PAUSED);
    }

    @Test
    void stateIsPendingWhenResumed() {
        driven.put("a", SPEC.withPaused(true));
        ProbeSnapshot resumed = driven.put("a", SPEC);
        assertThat(resumed.health().state()).isEqualTo(ProbeState.PENDING);
        assertThat(resumed.nextRunAt()).isNotNull();
        assertThat(driven.transitions)
                .singleElement()
                .satisfies(t -> assertThat(t.from()).isEqualTo(ProbeState.PAUSED))
                .satisfies(t -> assertThat(t.cause()).isEqualTo(Transition.Cause.RESUMED));
    }

    @Test
    void resultDecidesNothingWhenItArrivesAfterPausing() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        driven.put("a", SPEC.withPaused(true));
        runs.latest().end(SUCCEEDED);
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PAUSED);
    }

    @Test
    void runIsCancelledAndForgottenWhenDeleted() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        driven.delete("a");
        assertThat(runs.going).isEmpty();
        assertThat(driven.deadlines()).isZero();
        assertThat(driven.schedules.find("a")).isEmpty();
        assertThat(driven.transitions).isEmpty();
    }

    @Test
    void probesGoOnWhenLoadedFromTheStore() {
        ProbeSnapshot before = driven.put("a", SPEC);
        ProbeHealth down = new ProbeHealth(ProbeState.DOWN, START.minusSeconds(60), 0);
        try (HandDrivenSchedule restarted = new HandDrivenSchedule()) {
            restarted.store.probes.put("a", new StoredProbe(before.definition(), down));
            restarted.schedules.start();
            restarted.loop.turn();
            assertThat(restarted.view("a"))
                    .isEqualTo(
                            new ProbeSnapshot(
                                    before.definition(),
                                    down,
                                    null,
                                    before.nextRunAt(),
                                    null,
                                    null));
        }
    }

    @Test
    void definitionIsRightWhenStoredStateSaysOtherwise() {
        ProbeSnapshot before = driven.put("a", SPEC.withPaused(true));
        ProbeHealth up = new ProbeHealth(ProbeState.UP, START, 0);
        try (HandDrivenSchedule restarted = new HandDrivenSchedule()) {
            restarted.store.probes.put("a", new StoredProbe(before.definition(), up));
            restarted.schedules.start();
            assertThat(restarted.view("a").health().state()).isEqualTo(ProbeState.PAUSED);
        }
    }

    @Test
    void nothingChangesWhenTheStoreFails() {
        ProbeSnapshot before = driven.put("a", SPEC);
        driven.store.failing = true;
        assertThatThrownBy(() -> driven.put("a", SPEC.withPaused(true)))
                .hasMessage("the disk is full");
        assertThatThrownBy(() -> driven.delete("a")).hasMessage("the disk is full");
        assertThat(driven.view("a")).isEqualTo(before);
    }

    @Test
    void versionStaysWhenTheSameIsAskedAgain() {
        ProbeSnapshot before = driven.put("a", SPEC);
        driven.pass(Duration.ofSeconds(1));
        ProbeSpec same = SPEC.withTarget(Target.parse("db.example:5432"));
        assertThat(driven.put("a", same).definition()).isEqualTo(before.definition());
        assertThat(driven.put("a", SPEC.withPaused(true)).definition().version())
                .isGreaterThan(before.definition().version());
    }

    @Test
    void everyRunHasEndedWhenStopped() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        var stopped = driven.schedules.stop();
        driven.loop.turn();
        assertThat(stopped).isCompleted();
        assertThat(runs.going).isEmpty();
        assertThat(driven.deadlines()).isZero();
    }

    @Test
    void bulkCountsWhatItMadeAndReplaced() {
        driven.put("a", SPEC);
        BulkChange change =
                driven.schedules.putAll(
                        List.of(
                                new NamedSpec("a", SPEC.withPaused(true)),
                                new NamedSpec("b", SPEC),
                                new NamedSpec("b", SPEC.withPaused(true))));
        driven.loop.turn();
        assertThat(change).isEqualTo(new BulkChange(1, 2));
        assertThat(driven.view("b").health().state()).isEqualTo(ProbeState.PAUSED);
        assertThat(driven.store.probes).containsOnlyKeys("a", "b");
    }

    private void upProbe(String name) {
        driven.put(name, SPEC);
        runs.atOnce = SUCCEEDED;
        driven.pass(INTERVAL);
        driven.pass(INTERVAL);
        assertThat(driven.view(name).health().state()).isEqualTo(ProbeState.UP);
    }
}
