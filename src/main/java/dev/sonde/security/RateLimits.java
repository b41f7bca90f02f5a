package dev.sonde.security;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The remaining requests of each caller: a generic cell rate algorithm (ITU-T I.371) with one
/// number for each caller. Safe for any thread.
///
/// The number is the time, on the ticker, at which the caller would have its whole burst again. A
/// time that has passed means the same as no entry, so such entries are removed when the map grows.
final class RateLimits {

    private static final int SWEPT_FROM = 4_096;
    private static final long SWEPT_EVERY_NANOS = 1_000_000_000L;

    private final long intervalNanos;
    private final long toleranceNanos;
    private final LongSupplier ticker;
    private final ConcurrentHashMap<String, Long> fullAtNanos = new ConcurrentHashMap<>();
    private final AtomicLong sweptNanos;

    /// @param perSecond requests in a second, in the long run; 0 is without limit
    /// @param burst requests at once
    RateLimits(int perSecond, int burst, LongSupplier ticker) {
        this.intervalNanos = perSecond == 0 ? 0 : Math.max(1, 1_000_000_000L / perSecond);
        this.toleranceNanos = intervalNanos * burst;
        this.ticker = ticker;
        this.sweptNanos = new AtomicLong(ticker.getAsLong());
    }

    /// Counts one request.
    ///
    /// @return zero when it may go on; else how long the caller is to wait, and nothing was counted
    Duration take(String caller) {
        if (intervalNanos == 0) {
            return Duration.ZERO;
        }
        long nowNanos = ticker.getAsLong();
        sweep(nowNanos);
        long[] waitNanos = {0};
        fullAtNanos.compute(
                caller,
                (_, before) -> {
                    long fromNanos = before == null || before - nowNanos < 0 ? nowNanos : before;
                    waitNanos[0] = fromNanos + intervalNanos - nowNanos - toleranceNanos;
                    return waitNanos[0] > 0 ? fromNanos : fromNanos + intervalNanos;
                });
        return Duration.ofNanos(Math.max(0, waitNanos[0]));
    }

    /// How many callers are remembered.
    int callers() {
        return fullAtNanos.size();
    }

    private void sweep(long nowNanos) {
        long beforeNanos = sweptNanos.get();
        if (fullAtNanos.size() >= SWEPT_FROM
                && nowNanos - beforeNanos >= SWEPT_EVERY_NANOS
                && sweptNanos.compareAndSet(beforeNanos, nowNanos)) {
            fullAtNanos.values().removeIf(atNanos -> atNanos - nowNanos <= 0);
        }
    }
}
