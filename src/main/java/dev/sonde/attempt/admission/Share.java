package dev.sonde.attempt.admission;

import org.jspecify.annotations.Nullable;

/// The part of the engine that a run draws on. Scheduled runs and `/probe` may use all of it. The
/// checks of all callers share everything but a reserve.
public sealed interface Share {

    /// Scheduled runs, runs by hand and `/probe`.
    Share RESERVED = new Reserved();

    /// Everything, the reserve included.
    record Reserved() implements Share {}

    /// The share of checks, divided evenly by caller.
    ///
    /// @param caller empty for an anonymous one
    record OfCaller(String caller) implements Share {}

    /// The share of a caller's checks.
    static Share of(@Nullable String caller) {
        return new OfCaller(caller == null ? "" : caller);
    }
}
