package dev.sonde.cluster.forward;

/// A request that could not be forwarded.
public final class ForwardException extends Exception {

    private static final long serialVersionUID = 1L;

    /// The reason of a request that could not be forwarded.
    public enum Reason {
        /// The holder is no longer present.
        GONE,

        /// The holder is present and cannot be reached, or does not answer.
        UNREACHABLE,

        /// All connections to the holder are in use.
        BUSY
    }

    private final Reason reason;

    ForwardException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
