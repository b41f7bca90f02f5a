package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;
import org.jspecify.annotations.Nullable;

/// Lets bytes pass at a rate: each portion leaves when its own time has passed. Confined to the
/// connection's loop; a shared meter belongs to all.
final class BandwidthStage extends Stage {

    private final RateMeter meter;
    private final boolean isShared;
    private RateMeter.@Nullable Portion reserved;

    /// @param shared the listener's meter; absent where the connection has one of its own
    BandwidthStage(
            FaultEffect.Bandwidth effect,
            @Nullable RateMeter shared,
            Holdings holdings,
            long nowNanos) {
        super(holdings);
        this.isShared = shared != null;
        this.meter = shared != null ? shared : new RateMeter(effect.bytesPerSecond(), nowNanos);
    }

    @Override
    void change(FaultEffect effect, long nowNanos) {
        if (!isShared) {
            meter.change(((FaultEffect.Bandwidth) effect).bytesPerSecond(), nowNanos);
        }
        reserved = null;
    }

    @Override
    long release(long nowNanos, Outlet next) {
        for (Piece head = waiting.peek(); head != null; head = waiting.peek()) {
            if (reserved == null) {
                reserved = meter.reserve(head.remaining(), head.atNanos);
            }
            if (reserved == null) {
                return NEVER;
            }
            long waitNanos = reserved.dueNanos() - nowNanos;
            if (waitNanos > 0) {
                return waitNanos;
            }
            next.take(portion(head, reserved.bytes(), reserved.dueNanos()));
            reserved = null;
        }
        passEnd(next);
        return NEVER;
    }

    private Piece portion(Piece head, int bytes, long dueNanos) {
        head.atNanos = dueNanos;
        if (bytes >= head.remaining()) {
            return waiting.remove();
        }
        holdings.add(Piece.OVERHEAD_BYTES);
        return head.cut(bytes);
    }
}
