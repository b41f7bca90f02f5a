package dev.sonde.probe.finding;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of a scheduled probe's state.
public record Transition(
        String probe, ProbeState from, ProbeState to, Instant at, Transition.Cause cause) {

    /// What brought a change about.
    ///
    /// @param resultId the result that reached the threshold; absent when a person did it
    /// @param reason the result's reason, or `paused` or `resumed`
    public record Cause(@Nullable UUID resultId, String reason) {

        public static final Cause PAUSED = new Cause(null, "paused");
        public static final Cause RESUMED = new Cause(null, "resumed");

        public static Cause of(ProbeResult result) {
            return new Cause(result.id(), result.outcome().reasonLabel());
        }
    }
}
