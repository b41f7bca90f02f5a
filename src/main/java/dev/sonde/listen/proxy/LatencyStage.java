package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;
import java.util.concurrent.ThreadLocalRandom;

/// Delays each piece from the moment it was read; a piece never overtakes. Confined to the
/// connection's loop.
final class LatencyStage extends Stage {

    private long latencyNanos;
    private long jitterNanos;

    LatencyStage(FaultEffect.Latency effect, Holdings holdings) {
        super(holdings);
        set(effect);
    }

    private void set(FaultEffect.Latency effect) {
        latencyNanos = effect.latency().toNanos();
        jitterNanos = effect.jitter().toNanos();
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        set((FaultEffect.Latency) effect);
        for (Piece piece : waiting) {
            long latestNanos = nowNanos + latencyNanos + jitterNanos;
            if (piece.atNanos - latestNanos > 0) {
                piece.atNanos = latestNanos;
            }
        }
    }

    @Override
    public void take(Piece piece) {
        long jitter =
                jitterNanos == 0
                        ? 0
                        : ThreadLocalRandom.current().nextLong(-jitterNanos, jitterNanos + 1);
        piece.atNanos += Math.max(0, latencyNanos + jitter);
        super.take(piece);
    }

    @Override
    long release(long nowNanos, Outlet next) {
        for (Piece head = waiting.peek(); head != null; head = waiting.peek()) {
            long waitNanos = head.atNanos - nowNanos;
            if (waitNanos > 0) {
                return waitNanos;
            }
            next.take(waiting.remove());
        }
        passEnd(next);
        return NEVER;
    }
}
