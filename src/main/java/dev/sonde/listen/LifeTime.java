package dev.sonde.listen;

import dev.sonde.eventloop.Ticker;
import dev.sonde.listen.spec.StoredListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time that a listener has left. The wall clock is read once for each definition. After that
/// only the ticker counts, so a step of the wall clock has no effect. For one thread.
final class LifeTime {

    private final Ticker ticker;
    private final Clock clock;
    private @Nullable Instant since;
    private @Nullable Duration ttl;
    private long endNanos;

    LifeTime(Ticker ticker, Clock clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    /// The time that is left, 0 or below after its end; absent without an end. Never longer than
    /// the time to live.
    @Nullable Duration left(StoredListener definition) {
        Duration whole = definition.spec().ttl();
        if (whole == null) {
            return null;
        }
        if (!definition.since().equals(since) || !whole.equals(ttl)) {
            since = definition.since();
            ttl = whole;
            Duration left = Duration.between(clock.instant(), since.plus(whole));
            endNanos = ticker.read() + (left.compareTo(whole) > 0 ? whole : left).toNanos();
        }
        return Duration.ofNanos(endNanos - ticker.read());
    }

    boolean isOver(StoredListener definition) {
        Duration left = left(definition);
        return left != null && !left.isPositive();
    }
}
