package dev.sonde.attempt.admission;

import dev.sonde.eventloop.CellRate;
import dev.sonde.probe.finding.ConnectPace;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The pace of connects: a token bucket for all and one for each destination address.
///
/// Waits end on a grid of 5 ms, so a loop wakes once for all attempts of a grid point. The grid
/// delays a paced connect by at most 5 ms and leaves the average pace as configured.
///
/// A bucket is one number of a [CellRate], so a reservation is one compare-and-set. Destinations
/// share 65,536 buckets by their hash, so memory is bounded. Two addresses of one bucket share its
/// rate. Safe for any thread.
public final class ConnectPacer implements ConnectPace {

    private static final int BUCKETS = 1 << 16;
    private static final long GRID_NANOS = 5_000_000L;

    private final long originNanos;
    private final long longestWaitNanos;
    private final CellRate total;
    private final CellRate perAddress;
    private final AtomicLong totalFullAtNanos = new AtomicLong();
    private final AtomicLongArray addressFullAtNanos = new AtomicLongArray(BUCKETS);

    public ConnectPacer(
            int perSecond, int perSecondPerAddress, long longestWaitNanos, long nowNanos) {
        this.total = rate(perSecond);
        this.perAddress = rate(perSecondPerAddress);
        this.longestWaitNanos = longestWaitNanos;
        this.originNanos = nowNanos;
    }

    /// A burst is 10 ms worth of connects.
    private static CellRate rate(int perSecond) {
        return CellRate.of(perSecond, 0).withBurst(perSecond / 100);
    }

    /// Takes a token of either bucket.
    ///
    /// @return nanoseconds until the connect may leave, or [#REFUSED] when that is too far away
    @Override
    public long reserve(InetAddress destination, long nowNanos) {
        long now = nowNanos - originNanos;
        long forAddress = reserveForAddress(destination.hashCode(), now);
        if (forAddress == REFUSED) {
            return REFUSED;
        }
        long inAll = reserveInAll(now);
        return inAll == REFUSED ? REFUSED : untilGridPoint(Math.max(forAddress, inAll), now);
    }

    private static long untilGridPoint(long waitNanos, long now) {
        if (waitNanos == 0) {
            return 0;
        }
        return Math.ceilDiv(now + waitNanos, GRID_NANOS) * GRID_NANOS - now;
    }

    private long reserveForAddress(int hash, long now) {
        int bucket = (hash * 0x9E37_79B9) >>> 16;
        while (true) {
            long fullAt = addressFullAtNanos.get(bucket);
            long wait = perAddress.waitNanos(fullAt, now);
            if (wait > longestWaitNanos) {
                return REFUSED;
            }
            long next = perAddress.fullAtAfter(fullAt, now);
            if (addressFullAtNanos.compareAndSet(bucket, fullAt, next)) {
                return wait;
            }
        }
    }

    private long reserveInAll(long now) {
        while (true) {
            long fullAt = totalFullAtNanos.get();
            long wait = total.waitNanos(fullAt, now);
            if (wait > longestWaitNanos) {
                return REFUSED;
            }
            if (totalFullAtNanos.compareAndSet(fullAt, total.fullAtAfter(fullAt, now))) {
                return wait;
            }
        }
    }
}
