package dev.sonde.probe.finding;

/// The verdict of one run on its probe, by the expectation.
public enum Verdict {
    /// As expected.
    GOOD,
    /// The outcome was as expected, but a figure was out of its bound.
    DEGRADED,
    /// The outcome was not the expected one.
    BAD,
    /// Nothing, because nobody asked the target.
    NONE
}
