package dev.sonde.schedule;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.plan.RunStarter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs of the schedule on the engine. Safe for any thread.
record EngineRuns(ProbeRunner runner) implements RunStarter {

    @Override
    public RunningProbe run(
            @Nullable String probe,
            ProbeSpec spec,
            long latenessNanos,
            boolean withPath,
            RunListener listener) {
        return runner.runScheduled(probe, spec, latenessNanos, withPath, listener);
    }

    @Override
    public void followIncident(
            ProbeSpec spec, ProbeResult found, UUID first, RunListener listener) {
        runner.followIncident(spec, found, first, listener);
    }
}
