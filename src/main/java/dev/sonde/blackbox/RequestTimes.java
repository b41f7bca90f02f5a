package dev.sonde.blackbox;

/// The durations of the requests that are answered ahead of the filter chain. Safe for any thread.
public interface RequestTimes {

    /// Counts a GET that was answered.
    ///
    /// @param nanos from its begin to the end of its answer
    void record(String path, int status, long nanos);
}
