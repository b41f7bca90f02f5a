package dev.sonde.probe.finding;

import org.jspecify.annotations.Nullable;

/// The receiver of denials by the policy.
@FunctionalInterface
public interface DenialSink {

    /// Called once for each result in which an address was denied, on an event loop's thread: it
    /// must neither block nor throw.
    ///
    /// @param caller who asked for it; absent for a scheduled run and for callers without a name
    void onDenied(@Nullable String caller, ProbeResult result);
}
