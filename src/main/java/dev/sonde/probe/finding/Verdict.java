package dev.sonde.probe.finding;

/// What one run says about its probe, measured by what was expected of it.
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
