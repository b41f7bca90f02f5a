package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;

/// Resets both sides, some time after the first bytes or the end came. The bytes wait here, so they
/// pass on if the fault is removed before. Confined to the connection's loop.
final class ResetStage extends Stage {

    private long afterNanos;
    private long sinceNanos;
    private boolean isArmed;

    ResetStage(FaultEffect.Reset effect, Holdings holdings) {
        super(holdings);
        this.afterNanos = effect.after().toNanos();
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        afterNanos = ((FaultEffect.Reset) effect).after().toNanos();
    }

    @Override
    long release(long nowNanos, Outlet next) {
        if (waiting.isEmpty() && end == null) {
            return NEVER;
        }
        if (!isArmed) {
            isArmed = true;
            sinceNanos = nowNanos;
        }
        long waitNanos = sinceNanos + afterNanos - nowNanos;
        if (waitNanos > 0) {
            return waitNanos;
        }
        return ABORT;
    }
}
