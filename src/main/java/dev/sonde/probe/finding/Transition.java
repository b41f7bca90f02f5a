package dev.sonde.probe.finding;

import dev.sonde.probe.expect.Judgement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of a scheduled probe's state.
///
/// @param inMaintenance whether the probe was under maintenance then
public record Transition(
        String probe,
        ProbeState from,
        ProbeState to,
        Instant at,
        Transition.Cause cause,
        boolean inMaintenance) {

    /// A transition outside of maintenance.
    public Transition(
            String probe, ProbeState from, ProbeState to, Instant at, Transition.Cause cause) {
        this(probe, from, to, at, cause, false);
    }

    /// The cause of a change.
    ///
    /// @param resultId the result that reached the threshold; absent when a person did it
    /// @param reason the result's reason, or `paused` or `resumed`
    /// @param detail the conditions that the result missed, in words; absent where it missed none
    /// @param row the row of results that reached it; absent after an action of a person, and if
    ///     another process saw it
    public record Cause(
            @Nullable UUID resultId, String reason, @Nullable String detail, @Nullable Row row) {

        public static final Cause PAUSED = new Cause(null, "paused", null);
        public static final Cause RESUMED = new Cause(null, "resumed", null);

        public Cause(@Nullable UUID resultId, String reason, @Nullable String detail) {
            this(resultId, reason, detail, null);
        }

        public static Cause of(ProbeResult result) {
            return of(result, null);
        }

        public static Cause of(ProbeResult result, @Nullable Row row) {
            Judgement judgement = result.judgement();
            return new Cause(
                    result.id(),
                    result.outcome().reasonLabel(),
                    judgement == null ? null : judgement.missed(),
                    row);
        }
    }

    /// The first of the results in a row that bring a state about.
    ///
    /// @param from when that run started
    /// @param runs how many they are
    /// @param inMaintenance whether the first one was in maintenance
    public record Row(
            UUID firstResultId, Instant from, Outcome outcome, int runs, boolean inMaintenance) {

        public static Row from(ProbeResult first) {
            return new Row(first.id(), first.startedAt(), outcome(first), 1, first.inMaintenance());
        }

        public Row withRuns(int number) {
            return new Row(firstResultId, from, outcome, number, inMaintenance);
        }

        /// The outcome in the cause. A success that was not expected is marked.
        private static Outcome outcome(ProbeResult result) {
            Judgement judgement = result.judgement();
            if (judgement == null
                    || judgement.isExpected()
                    || !(result.outcome() instanceof Outcome.Succeeded)) {
                return result.outcome();
            }
            return new Outcome.Succeeded("the connect succeeded, but a failure was expected");
        }
    }
}
