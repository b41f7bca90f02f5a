package dev.sonde.check;

/// The way in which a check delivers its results.
public enum Delivery {
    /// The caller waits for all of them; they are kept like those of [#KEPT].
    WAITED,
    /// Nobody waits: they are kept until the check expires.
    KEPT,
    /// Somebody takes each with [CheckRun#take] as it comes; nothing is kept.
    STREAMED
}
