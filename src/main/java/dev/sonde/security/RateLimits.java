package dev.sonde.security;

import dev.sonde.eventloop.CellRate;
import dev.sonde.eventloop.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How much each caller may still ask: one number of a [CellRate] for each caller. Safe for any
/// thread.
///
/// A number that has passed means the same as none, so the map is swept of those when it grows.
final class RateLimits {

    private static final int SWEPT_FROM = 4_096;
    private static final long SWEPT_EVERY_NANOS = 1_000_000_000L;

    private final @Nullable CellRate rate;
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Long> fullAtNanos = new ConcurrentHashMap<>();
    private final AtomicLong sweptNanos;

    /// @param perSecond requests in a second, in the long run; 0 is without limit
    /// @param burst requests at once
    RateLimits(int perSecond, int burst, Ticker ticker) {
        this.rate = perSecond == 0 ? null : CellRate.of(perSecond, 0).withBurst(burst);
        this.ticker = ticker;
        this.sweptNanos = new AtomicLong(ticker.read());
    }

    /// Counts one request.
    ///
    /// @return zero when it may go on; else how long the caller is to wait, and nothing was counted
    Duration take(String caller) {
        CellRate limit = rate;
        if (limit == null) {
            return Duration.ZERO;
        }
        long nowNanos = ticker.read();
        sweep(nowNanos);
        long[] waitNanos = {0};
        fullAtNanos.compute(
                caller,
                (_, before) -> {
                    long fullAt = before == null ? nowNanos : before;
                    waitNanos[0] = limit.waitNanos(fullAt, nowNanos);
                    return waitNanos[0] > 0 ? fullAt : limit.fullAtAfter(fullAt, nowNanos);
                });
        return Duration.ofNanos(waitNanos[0]);
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
