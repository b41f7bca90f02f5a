package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.ProbeResult;
import java.util.concurrent.CompletableFuture;

/// A run that somebody wants now, outside of the schedule.
///
/// @param whenDone with its result
/// @param withPath whether the path to the target is wanted too
public record WantedRun(CompletableFuture<ProbeResult> whenDone, boolean withPath) {

    /// The same as another one may want, which gets the same end.
    WantedRun with(WantedRun other) {
        var _ =
                whenDone.whenComplete(
                        (result, failure) -> {
                            if (failure != null) {
                                other.whenDone.completeExceptionally(failure);
                            } else {
                                other.whenDone.complete(result);
                            }
                        });
        return new WantedRun(whenDone, withPath || other.withPath);
    }
}
