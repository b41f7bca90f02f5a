package dev.sonde.schedule.plan;

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
}
