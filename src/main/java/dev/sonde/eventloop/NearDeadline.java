package dev.sonde.eventloop;

/// A deadline whose handler may be called a few milliseconds before or after it. Owned by its
/// loop's thread.
final class NearDeadline extends Deadline {

    NearDeadline(long atNanos, DeadlineHandler handler) {
        super(atNanos, handler);
    }
}
