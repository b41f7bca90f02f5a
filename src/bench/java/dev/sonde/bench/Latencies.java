package dev.sonde.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/// A histogram of durations that allocates nothing: 32 buckets to each power of two, so a value is
/// known to 3%. Safe for any thread.
final class Latencies {

    private static final int STEPS_BITS = 5;
    private static final int STEPS = 1 << STEPS_BITS;

    private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * STEPS);

    void record(long nanos) {
        counts.incrementAndGet(bucket(Math.max(nanos, 1)));
    }

    /// The duration that this share of all stayed below; 0 where nothing was recorded.
    long quantileNanos(double share) {
        long wanted = Math.round(share * count());
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return lowestOf(i);
            }
        }
        return 0;
    }

    long count() {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        return all;
    }

    private static int bucket(long nanos) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos << STEPS_BITS >> power) & (STEPS - 1);
        return power * STEPS + step;
    }

    private static long lowestOf(int bucket) {
        long step = bucket % STEPS;
        return (STEPS + step) << (bucket / STEPS) >> STEPS_BITS;
    }
}
