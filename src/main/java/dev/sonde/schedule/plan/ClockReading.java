package dev.sonde.schedule.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// One moment on the two clocks of a process. Immutable.
///
/// @param tickerNanos nanoseconds of the monotonic clock
/// @param instant of the wall clock
public record ClockReading(long tickerNanos, Instant instant) {

    /// Two clocks that were read further apart are read again. The thread may have waited for a
    /// processor in between, and that time would be their difference.
    private static final long APART_NANOS = 100_000;

    private static final int READINGS = 5;

    /// Reads both, the nearest to each other of a few times.
    public static ClockReading of(LongSupplier ticker, Clock clock) {
        ClockReading nearest = new ClockReading(0, Instant.EPOCH);
        long leastNanos = Long.MAX_VALUE;
        for (int i = 0; i < READINGS && leastNanos > APART_NANOS; i++) {
            long before = ticker.getAsLong();
            Instant instant = clock.instant();
            long apartNanos = ticker.getAsLong() - before;
            if (apartNanos < leastNanos) {
                nearest = new ClockReading(before, instant);
                leastNanos = apartNanos;
            }
        }
        return nearest;
    }

    /// Nanoseconds from the epoch.
    long epochNanos() {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }

    /// The ticker's value at another instant.
    public long nanosAt(Instant other) {
        return tickerNanos + Duration.between(instant, other).toNanos();
    }

    /// The instant of another value of the ticker.
    public Instant instantAt(long otherNanos) {
        return instant.plusNanos(otherNanos - tickerNanos);
    }
}
