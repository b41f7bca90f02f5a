package dev.sonde.schedule.plan;

import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How the schedule starts a run and asks more about it.
public interface RunStarter {

    /// Starts one run.
    ///
    /// @param latenessNanos from the planned start to now; 0 outside of the schedule
    /// @param withPath whether the path to the target is wanted too
    /// @param listener called on any loop's thread, possibly before this returns
    RunningProbe run(
            @Nullable String probe,
            ProbeSpec spec,
            long latenessNanos,
            boolean withPath,
            RunListener listener);

    /// An incident begins with a run. Its evidence may follow.
    ///
    /// @param first id of the incident's first result
    void followIncident(ProbeSpec spec, ProbeResult found, UUID first, RunListener listener);
}
