package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.FaultEffect;
import java.util.concurrent.ThreadLocalRandom;

/// Cuts the bytes into small pieces, with a pause after each. Confined to the connection's loop.
final class SlicerStage extends Stage {

    private FaultEffect.Slicer effect;
    private long nextAtNanos;

    SlicerStage(FaultEffect.Slicer effect, Holdings holdings, long nowNanos) {
        super(holdings);
        this.effect = effect;
        this.nextAtNanos = nowNanos;
    }

    @Override
    void change(FaultEffect other, long nowNanos) {
        effect = (FaultEffect.Slicer) other;
        nextAtNanos = nowNanos;
    }

    @Override
    long release(long nowNanos, Outlet next) {
        long delayNanos = effect.delay().toNanos();
        for (Piece head = waiting.peek(); head != null; head = waiting.peek()) {
            long waitNanos = nextAtNanos - nowNanos;
            if (waitNanos > 0) {
                return waitNanos;
            }
            next.take(slice(head, nowNanos));
            nextAtNanos = nowNanos + delayNanos;
        }
        passEnd(next);
        return NEVER;
    }

    private Piece slice(Piece head, long nowNanos) {
        int variation = effect.variationBytes();
        int size =
                effect.averageBytes()
                        + ThreadLocalRandom.current().nextInt(-variation, variation + 1);
        head.atNanos = nowNanos;
        if (size >= head.remaining()) {
            return waiting.remove();
        }
        holdings.add(Piece.OVERHEAD_BYTES);
        return head.cut(size);
    }
}
