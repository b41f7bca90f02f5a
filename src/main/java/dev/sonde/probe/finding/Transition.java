package dev.sonde.probe.finding;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of a scheduled probe's state.
public record Transition(
        String probe, ProbeState from, ProbeState to, Instant at, Transition.Cause cause) {

    /// The cause of a change.
    ///
    /// @param resultId the result that reached the threshold; absent when a person did it
    /// @param reason the result's reason, or `paused` or `resumed`
    /// @param row the row of results that reached it; absent when a person did it, and where
    ///     another replica or an earlier process saw it
    public record Cause(@Nullable UUID resultId, String reason, @Nullable Row row) {

        public static final Cause PAUSED = new Cause(null, "paused");
        public static final Cause RESUMED = new Cause(null, "resumed");

        public Cause(@Nullable UUID resultId, String reason) {
            this(resultId, reason, null);
        }

        public static Cause of(ProbeResult result) {
            return of(result, null);
        }

        public static Cause of(ProbeResult result, @Nullable Row row) {
            return new Cause(result.id(), result.outcome().reasonLabel(), row);
        }
    }

    /// The first of the results in a row that bring a state about.
    ///
    /// @param from when that run started
    /// @param runs how many they are
    public record Row(UUID firstResultId, Instant from, Outcome outcome, int runs) {

        public static Row from(ProbeResult first) {
            return new Row(first.id(), first.startedAt(), first.outcome(), 1);
        }

        public Row withRuns(int number) {
            return new Row(firstResultId, from, outcome, number);
        }
    }
}
