package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;

/// Drops everything, the end of the source included, and closes the connection after a while.
/// Confined to the connection's loop.
final class BlackholeStage extends Stage {

    private long afterNanos;
    private long sinceNanos;
    private boolean isOver;

    BlackholeStage(FaultEffect.Blackhole effect, Holdings holdings, long nowNanos) {
        super(holdings);
        this.afterNanos = effect.after().toNanos();
        this.sinceNanos = nowNanos;
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        afterNanos = ((FaultEffect.Blackhole) effect).after().toNanos();
        sinceNanos = nowNanos;
    }

    @Override
    public void take(Piece piece) {
        drop(piece);
    }

    @Override
    public void end(FlowEnd how) {
        // The sink does not learn of it.
    }

    @Override
    long release(long nowNanos, Outlet next) {
        if (afterNanos == 0 || isOver) {
            return NEVER;
        }
        long waitNanos = sinceNanos + afterNanos - nowNanos;
        if (waitNanos > 0) {
            return waitNanos;
        }
        isOver = true;
        next.end(FlowEnd.FAULT_CLOSE);
        return NEVER;
    }

    /// The bytes that it has dropped are missing: the connection cannot go on.
    @Override
    FlowEnd endWhenRemoved() {
        return FlowEnd.FAULT_CLOSE;
    }
}
