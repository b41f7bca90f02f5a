package dev.sonde.probe.spec;

/// A stretch of an attempt's life. Phases follow one another and add up to the attempt's total.
///
/// The steps after the connect come in the order of these words.
public enum Phase {
    /// Waiting for a free slot, a descriptor or a token of the rate limits: the prober's own delay.
    QUEUE,
    /// Turning the name into addresses. Absent for address literals.
    RESOLVE,
    /// From `connect` until the kernel had an answer.
    CONNECT,
    /// The TLS handshake.
    TLS,
    /// Texts that are sent and expected in turn.
    DIALOGUE,
    /// Watching whether a program answers, or only the kernel.
    OBSERVE,
    /// Keeping the connection and waiting for its end.
    HOLD,
    /// Writing until the other end, the path or the own buffer takes no more.
    FLOOD,
    /// Closing a TLS connection.
    CLOSE;

    private final String label = EnumLabel.of(this);

    /// The word in results and metric labels.
    public String label() {
        return label;
    }
}
