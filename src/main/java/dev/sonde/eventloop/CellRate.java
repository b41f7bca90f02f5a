package dev.sonde.eventloop;

/// A rate as the generic cell rate algorithm (ITU-T I.371) keeps it. Immutable.
///
/// One number holds the whole state of a bucket: the reading of the [Ticker] at which the bucket is
/// full again. Readings are compared by difference only.
///
/// @param intervalNanos the time between two starts in the long run; positive
/// @param toleranceNanos the time by which starts may run ahead of that pace
public record CellRate(long intervalNanos, long toleranceNanos) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// A rate that never exceeds this number of starts a second.
    ///
    /// @param perSecond positive
    public static CellRate of(int perSecond, long toleranceNanos) {
        return new CellRate(Math.ceilDiv(NANOS_PER_SECOND, perSecond), toleranceNanos);
    }

    /// The same rate with room for so many starts at once.
    ///
    /// @param starts below 2 means one at a time
    public CellRate withBurst(int starts) {
        return new CellRate(intervalNanos, intervalNanos * Math.max(0, starts - 1));
    }

    /// The wait until the next start, in nanoseconds; 0 where it may happen now.
    public long waitNanos(long fullAtNanos, long nowNanos) {
        return Math.max(0, fullAtNanos - nowNanos - toleranceNanos);
    }

    /// The bucket's number after one start.
    public long fullAtAfter(long fullAtNanos, long nowNanos) {
        return (fullAtNanos - nowNanos < 0 ? nowNanos : fullAtNanos) + intervalNanos;
    }
}
