package dev.sonde.eventloop;

/// A monotonic time source in nanoseconds from an arbitrary origin. Compare by difference only.
@FunctionalInterface
public interface Ticker {

    long read();

    /// The machine's own monotonic clock.
    static Ticker system() {
        return System::nanoTime;
    }
}
