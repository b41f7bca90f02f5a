package dev.sonde.probe.keeping;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Makes result ids: UUIDs of version 7 (RFC 9562), each greater than the one before. They sort in
/// the order of submission. Safe for any thread.
///
/// The twelve bits after the milliseconds hold their fraction (section 6.2, method 3). If ids are
/// made faster than the clock ticks, the fraction counts on.
public final class ResultIds {

    private static final int FRACTION_BITS = 12;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Replica replica;

    /// Milliseconds since 1970 with a binary fraction, of the latest id.
    private final AtomicLong latest = new AtomicLong();

    public ResultIds(Replica replica) {
        this.replica = replica;
    }

    /// The process whose ids these are.
    public Replica replica() {
        return replica;
    }

    /// Continues after an id of an earlier process, independent of the clock.
    public void startAfter(UUID id) {
        long high = id.getMostSignificantBits();
        long stamp = high >>> 16 << FRACTION_BITS | (high & FRACTION_MASK);
        latest.accumulateAndGet(stamp, Math::max);
    }

    /// The milliseconds since 1970 of the latest id, of this process or an earlier one; 0 before
    /// any.
    public long latestMillis() {
        return latest.get() >>> FRACTION_BITS;
    }

    public UUID next(Instant at) {
        long fraction =
                (at.getLong(ChronoField.NANO_OF_SECOND) % NANOS_PER_MILLI << FRACTION_BITS)
                        / NANOS_PER_MILLI;
        long now = at.toEpochMilli() << FRACTION_BITS | fraction;
        long stamp = latest.updateAndGet(before -> Math.max(before + 1, now));
        long high = stamp >>> FRACTION_BITS << 16 | VERSION_7 | (stamp & FRACTION_MASK);
        long low = VARIANT | ThreadLocalRandom.current().nextLong() >>> 2;
        return replica.mark(new UUID(high, low));
    }
}
