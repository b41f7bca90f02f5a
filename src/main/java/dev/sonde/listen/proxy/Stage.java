package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A fault on one direction of one connection. Pieces and the end wait here in order until they may
/// pass. Confined to the connection's loop.
abstract class Stage implements Outlet {

    /// Only a change lets more pass.
    static final long NEVER = Long.MAX_VALUE;

    /// Both sides are to be reset at once.
    static final long ABORT = -1;

    final Holdings holdings;
    final ArrayDeque<Piece> waiting = new ArrayDeque<>(4);
    @Nullable FlowEnd end;

    Stage(Holdings holdings) {
        this.holdings = holdings;
    }

    @Override
    public void take(Piece piece) {
        waiting.add(piece);
    }

    @Override
    public void end(FlowEnd how) {
        end = how;
    }

    /// Passes on the pieces that may pass now.
    ///
    /// @return nanoseconds until more may pass. [#NEVER] means only after a change, [#ABORT] after
    ///     the end of the connection.
    abstract long release(long nowNanos, Outlet next);

    /// Switches to other values of the same kind of fault.
    void change(FaultEffect effect, long nowNanos) {}

    /// The end of the direction when the fault is removed; absent where the direction goes on.
    @Nullable FlowEnd endWhenRemoved() {
        return null;
    }

    /// Passes everything on at once.
    final void flush(Outlet next) {
        for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            next.take(piece);
        }
        passEnd(next);
    }

    final void passEnd(Outlet next) {
        FlowEnd how = end;
        if (how != null) {
            end = null;
            next.end(how);
        }
    }

    final void drop(Piece piece) {
        holdings.remove(piece.remaining() + (long) Piece.OVERHEAD_BYTES);
    }
}
