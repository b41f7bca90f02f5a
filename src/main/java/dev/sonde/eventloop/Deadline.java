package dev.sonde.eventloop;

/// A point on the ticker at which a handler wants to be called. Owned by its loop's thread.
///
/// There may be a million of these, so the kind is a class and takes no field.
public sealed class Deadline permits NearDeadline {

    static final int NOT_QUEUED = -1;

    final long atNanos;
    final DeadlineHandler handler;

    /// Position in the loop's heap, so that a deadline can be taken out without a search.
    int index = NOT_QUEUED;

    Deadline(long atNanos, DeadlineHandler handler) {
        this.atNanos = atNanos;
        this.handler = handler;
    }

    /// The point on the loop's ticker.
    public long atNanos() {
        return atNanos;
    }
}
