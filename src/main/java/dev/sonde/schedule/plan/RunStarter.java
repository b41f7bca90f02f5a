package dev.sonde.schedule.plan;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the schedule starts a run; [ProbeRunner#runScheduled] is the real one.
@FunctionalInterface
public interface RunStarter {

    /// Starts one run.
    ///
    /// @param whenDone called exactly once, on any loop's thread, possibly before this returns
    RunningProbe run(@Nullable String probe, ProbeSpec spec, Consumer<ProbeResult> whenDone);
}
