package dev.sonde.attempt;

/// A probe that was submitted and may not have ended yet. Safe for any thread.
public interface RunningProbe {

    /// Ends it as `cancelled`, unless it has ended already. The result arrives the usual way.
    void cancel();
}
