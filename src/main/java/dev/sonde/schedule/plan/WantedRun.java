package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.ProbeResult;
import java.util.concurrent.CompletableFuture;

/// A run that somebody wants now, outside of the schedule.
///
/// @param whenDone with its result
/// @param withPath whether the path to the target is wanted too
public record WantedRun(CompletableFuture<ProbeResult> whenDone, boolean withPath) {

    /// The same as one that follows it may want.
    WantedRun with(WantedRun other) {
        return new WantedRun(whenDone, withPath || other.withPath);
    }
}
