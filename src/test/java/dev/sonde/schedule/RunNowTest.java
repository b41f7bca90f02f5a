package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.PathWish;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Verdict;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunNowTest {

    private final HandDrivenSchedule driven = new HandDrivenSchedule();
    private final FakeRuns runs = driven.runs;

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void resultIsTheCallersOwnWhenRunNow() {
        driven.put("a", SPEC.withPaused(true));
        CompletableFuture<ProbeResult> result = runNow("a");
        ProbeResult ended = runs.latest().end(SUCCEEDED);
        assertThat(result).isCompletedWithValue(ended);
        assertThat(ended.probe()).isNull();
        assertThat(driven.view("a").last()).isNull();
    }

    @Test
    void runWaitsWhenAScheduledOneGoesOn() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        CompletableFuture<ProbeResult> first = runNow("a");
        CompletableFuture<ProbeResult> second = runNow("a");
        assertThat(runs.started).hasSize(1);
        runs.latest().end(SUCCEEDED);
        ProbeResult wanted = runs.latest().end(SUCCEEDED);
        assertThat(runs.started).hasSize(2);
        assertThat(first).isCompletedWithValue(wanted);
        assertThat(second).isCompletedWithValue(wanted);
    }

    @Test
    void scheduledRunIsSkippedWhenOneThatWasWantedGoesOn() {
        driven.put("a", SPEC);
        var _ = runNow("a");
        driven.pass(INTERVAL);
        assertThat(runs.started).hasSize(1);
        assertThat(driven.skipped).isEqualTo(1);
    }

    @Test
    void waitingIsOverWhenTheProbeIsDeleted() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        CompletableFuture<ProbeResult> waiting = runNow("a");
        driven.delete("a");
        assertThat(waiting).isCompletedExceptionally();
        assertThat(runs.going).isEmpty();
    }

    @Test
    void pathIsWantedByAPlannedRunWhereAnIncidentBeginsWithIt() {
        driven.put("a", SPEC);
        driven.pass(INTERVAL);
        int fall = SPEC.thresholds().fall();
        for (int run = 1; run < fall; run++) {
            assertThat(runs.wish.isFor(Verdict.BAD)).isFalse();
            runs.latest().end(REFUSED);
            driven.pass(INTERVAL);
        }
        assertThat(runs.wish.isFor(Verdict.BAD)).isTrue();
        assertThat(runs.wish.isFor(Verdict.GOOD)).isFalse();
        runs.latest().end(REFUSED);
        driven.pass(INTERVAL);
        assertThat(runs.wish.isFor(Verdict.BAD)).isFalse();
    }

    @Test
    void pathIsWantedByEachRunByHandThatAsksForIt() {
        driven.put("a", SPEC.withPaused(true));
        var _ = runNow("a");
        assertThat(runs.wish).isEqualTo(PathWish.NEVER);
        var _ = driven.schedules.runNow("a", true);
        driven.loop.turn();
        runs.latest().end(SUCCEEDED);
        assertThat(runs.wish).isEqualTo(PathWish.ALWAYS);
    }

    @Test
    void nothingRunsWhenThereIsNoSuchProbe() {
        assertThat(driven.schedules.runNow("a")).isEmpty();
    }

    private CompletableFuture<ProbeResult> runNow(String name) {
        CompletableFuture<ProbeResult> result = driven.schedules.runNow(name).orElseThrow();
        driven.loop.turn();
        return result;
    }
}
