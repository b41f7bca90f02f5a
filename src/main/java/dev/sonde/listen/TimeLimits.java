package dev.sonde.listen;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.Bounds;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.Limits;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches how long one connection lasts and how long nothing passes. Confined to the connection's
/// loop.
final class TimeLimits {

    private final Limits limits;
    private final Lane lane;
    private final ConnectionLog history;
    private final Consumer<ConnectionEnd> whenOver;
    private final LoopTimer timer;

    private TimeLimits(
            Limits limits, Lane lane, ConnectionLog history, Consumer<ConnectionEnd> whenOver) {
        this.limits = limits;
        this.lane = lane;
        this.history = history;
        this.whenOver = whenOver;
        this.timer = new LoopTimer(lane.loop(), this::check);
    }

    /// Begins to watch; absent without a limit of time.
    ///
    /// @param whenOver called once with the limit that was reached
    static @Nullable TimeLimits start(
            Limits limits, Lane lane, ConnectionLog history, Consumer<ConnectionEnd> whenOver) {
        if (limits.idle() == null && limits.lifetime() == null) {
            return null;
        }
        TimeLimits started = new TimeLimits(limits, lane, history, whenOver);
        started.check();
        return started;
    }

    void cancel() {
        timer.cancel();
    }

    private void check() {
        long nowNanos = lane.now();
        long lifeNanos = leftNanos(limits.lifetime(), history.startNanos(), nowNanos);
        long idleNanos = leftNanos(limits.idle(), history.lastActivityNanos(), nowNanos);
        if (lifeNanos <= 0) {
            whenOver.accept(ConnectionEnd.LIFETIME);
        } else if (idleNanos <= 0) {
            whenOver.accept(ConnectionEnd.IDLE);
        } else {
            timer.setAfter(Duration.ofNanos(Math.min(lifeNanos, idleNanos)));
        }
    }

    private static long leftNanos(@Nullable Duration limit, long sinceNanos, long nowNanos) {
        return limit == null ? Bounds.LONGEST.toNanos() : limit.toNanos() - (nowNanos - sinceNanos);
    }
}
