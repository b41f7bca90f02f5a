package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;

/// Delays the end of the direction. Confined to the connection's loop.
final class SlowCloseStage extends Stage {

    private long delayNanos;
    private long endedAtNanos;
    private boolean isEnding;

    SlowCloseStage(FaultEffect.SlowClose effect, Holdings holdings) {
        super(holdings);
        this.delayNanos = effect.delay().toNanos();
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        delayNanos = ((FaultEffect.SlowClose) effect).delay().toNanos();
    }

    @Override
    long release(long nowNanos, Outlet next) {
        for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            next.take(piece);
        }
        if (end == null) {
            return NEVER;
        }
        if (!isEnding) {
            isEnding = true;
            endedAtNanos = nowNanos;
        }
        long waitNanos = endedAtNanos + delayNanos - nowNanos;
        if (waitNanos > 0 && end != FlowEnd.RST) {
            return waitNanos;
        }
        passEnd(next);
        return NEVER;
    }
}
