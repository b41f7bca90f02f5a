package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.ProbeResult;

/// The receiver of figures on the schedule's punctuality. Called on event loops' threads: it must
/// neither block nor throw.
public interface ScheduleObserver {

    /// A run starts.
    ///
    /// @param latenessNanos from the planned start to the actual one
    void onStart(long latenessNanos);

    /// Planned runs do not take place. Either the run before has not ended, or the process stood
    /// still for longer than the interval.
    void onSkip(long runs);

    /// The result of a scheduled run has another outcome or reason than the one before.
    default void onTurn(ProbeResult result) {}
}
