package dev.sonde.eventloop;

/// A point on the ticker at which a handler wants to be called. Owned by its loop's thread.
///
/// There may be a million of these, so the kind is a class and takes no field.
public sealed class Deadline permits NearDeadline {

    static final int NOT_QUEUED = -1;

    final DeadlineHandler handler;

    /// Changed by the loop where the deadline is used again, read by anybody.
    private volatile long atNanos;

    /// Its number in the loop's queue, so that a deadline can be taken out without a search.
    int number = NOT_QUEUED;

    Deadline(long atNanos, DeadlineHandler handler) {
        this.atNanos = atNanos;
        this.handler = handler;
    }

    /// A deadline that is not queued gets another point.
    void move(long nextNanos) {
        atNanos = nextNanos;
    }

    /// The point on the loop's ticker.
    public long atNanos() {
        return atNanos;
    }
}
