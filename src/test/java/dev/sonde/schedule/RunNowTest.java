package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Findings;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.Question;
import java.util.List;
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
    void stateChangesWithTheRunAndEvidenceOfTheIncidentComesLater() {
        driven.put("a", SPEC);
        ProbeResult first = failed();
        for (int run = 2; run < SPEC.thresholds().fall(); run++) {
            failed();
        }
        assertThat(runs.incident).isNull();
        ProbeResult last = failed();
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.DOWN);
        assertThat(runs.incident).isEqualTo(first.id());

        Findings findings = new Findings(List.of(new Asked(Question.PATH, "found")), null);
        runs.follower.onEvidence(new LateEvidence(last.id(), "a", findings));
        runs.follower.onEvidence(new LateEvidence(first.id(), "a", findings));
        driven.loop.turn();
        assertThat(driven.view("a").last()).isEqualTo(last.withFindings(findings));
        failed();
        assertThat(runs.incidents).isEqualTo(1);
    }

    private ProbeResult failed() {
        driven.pass(INTERVAL);
        return runs.latest().end(REFUSED);
    }

    @Test
    void pathIsWantedByEachRunByHandThatAsksForIt() {
        driven.put("a", SPEC.withPaused(true));
        var _ = runNow("a");
        assertThat(runs.withPath).isFalse();
        var _ = driven.schedules.runNow("a", true);
        driven.loop.turn();
        runs.latest().end(SUCCEEDED);
        assertThat(runs.withPath).isTrue();
    }

    @Test
    void nothingRunsWhenThereIsNoSuchProbe() {
        assertThat(driven.schedules.runNow("a", false)).isEmpty();
    }

    private CompletableFuture<ProbeResult> runNow(String name) {
        CompletableFuture<ProbeResult> result = driven.schedules.runNow(name, false).orElseThrow();
        driven.loop.turn();
        return result;
    }
}
