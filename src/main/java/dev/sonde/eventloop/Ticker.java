package dev.sonde.eventloop;

/// A monotonic time source in nanoseconds from an arbitrary origin. Compare by difference only.
@FunctionalInterface
public interface Ticker {

    long read();

    /// The earlier of two readings of one source.
    static long earlier(long oneNanos, long otherNanos) {
        return oneNanos - otherNanos < 0 ? oneNanos : otherNanos;
    }

    /// The machine's own monotonic clock.
    static Ticker system() {
        return System::nanoTime;
    }
}
