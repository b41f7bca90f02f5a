package dev.sonde.attempt.connect;

/// The occasion on which a connect is asked for its state.
public enum Occasion {
    /// `connect` has just returned.
    STARTED,
    /// The selector reported the channel as ready.
    READY,
    /// A deadline is due.
    DEADLINE
}
