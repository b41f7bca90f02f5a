package dev.sonde.probe;

/// A stretch of an attempt's life. Phases follow one another and add up to the attempt's total.
public enum Phase {
    /// Waiting for a free slot, a descriptor or a token of the rate limits: the prober's own delay.
    QUEUE,
    /// Turning the name into addresses. Absent for address literals.
    RESOLVE,
    /// From `connect` until the kernel had an answer.
    CONNECT;

    private final String label = Labels.of(this);

    /// The word in results and metric labels.
    public String label() {
        return label;
    }
}
