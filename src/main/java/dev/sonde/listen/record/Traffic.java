package dev.sonde.listen.record;

import dev.sonde.listen.spec.ConnectionView;
import java.time.Instant;
import java.util.function.LongFunction;

/// The bytes of one direction of one side, and when they passed. Guarded by the lock of its
/// [ConnectionLog].
final class Traffic {

    private long bytes;
    private long firstNanos;
    private long lastNanos;

    /// Counts bytes that passed.
    ///
    /// @return whether these were the first
    boolean add(int count, long nowNanos) {
        boolean isFirst = bytes == 0;
        if (isFirst) {
            firstNanos = nowNanos;
        }
        lastNanos = nowNanos;
        bytes += count;
        return isFirst;
    }

    long bytes() {
        return bytes;
    }

    /// The later one of the last byte and `otherNanos`.
    long latest(long otherNanos) {
        return bytes > 0 && lastNanos - otherNanos > 0 ? lastNanos : otherNanos;
    }

    ConnectionView.Flow view(LongFunction<Instant> instant) {
        return bytes == 0
                ? new ConnectionView.Flow(0, null, null)
                : new ConnectionView.Flow(
                        bytes, instant.apply(firstNanos), instant.apply(lastNanos));
    }
}
