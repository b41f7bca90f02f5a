package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;

/// Lets so many bytes pass and then closes the connection. Confined to the connection's loop.
final class LimitStage extends Stage {

    private long limit;
    private long passed;
    private boolean isOver;

    LimitStage(FaultEffect.Limit effect, Holdings holdings) {
        super(holdings);
        this.limit = effect.bytes();
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        limit = ((FaultEffect.Limit) effect).bytes();
    }

    @Override
    long release(long nowNanos, Outlet next) {
        for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            pass(piece, next);
        }
        if (!isOver) {
            passEnd(next);
        }
        return NEVER;
    }

    private void pass(Piece piece, Outlet next) {
        long room = isOver ? 0 : Math.max(0, limit - passed);
        if (piece.remaining() > room) {
            holdings.remove(piece.remaining() - room);
            piece.data.limit(piece.data.position() + (int) room);
        }
        passed += piece.remaining();
        if (piece.data.hasRemaining()) {
            next.take(piece);
        } else {
            drop(piece);
        }
        if (!isOver && passed >= limit) {
            isOver = true;
            next.end(FlowEnd.FAULT_CLOSE);
        }
    }
}
