package dev.sonde.schedule.plan;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.PathWish;
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
    /// @param latenessNanos from the planned start to now; 0 outside of the schedule
    /// @param wish for the path to the target
    /// @param whenDone called exactly once, on any loop's thread, possibly before this returns
    RunningProbe run(
            @Nullable String probe,
            ProbeSpec spec,
            long latenessNanos,
            PathWish wish,
            Consumer<ProbeResult> whenDone);
}
