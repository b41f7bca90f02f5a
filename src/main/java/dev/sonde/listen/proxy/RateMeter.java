package dev.sonde.listen.proxy;

import org.jspecify.annotations.Nullable;

/// A rate that pieces take turns at: for one direction of one connection, or shared by all
/// connections of a listener. Its own lock guards it.
final class RateMeter {

    /// The portions of a second: a large piece is split into such portions.
    private static final int PORTIONS_PER_SECOND = 10;

    private static final double SECOND_NANOS = 1e9;

    private long bytesPerSecond;
    private long freeAtNanos;

    /// A part of a piece that may pass.
    ///
    /// @param dueNanos when it has passed, on the loops' ticker
    record Portion(int bytes, long dueNanos) {}

    /// @param nowNanos from when on the rate holds
    RateMeter(long bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.freeAtNanos = nowNanos;
    }

    /// Switches to another rate; reservations stay.
    synchronized void change(long newBytesPerSecond, long nowNanos) {
        if (bytesPerSecond != newBytesPerSecond) {
            bytesPerSecond = newBytesPerSecond;
            freeAtNanos = nowNanos;
        }
    }

    /// Reserves the time that the next portion of a piece takes.
    ///
    /// @param wanted bytes of the piece
    /// @param sinceNanos when the piece came
    /// @return absent while nothing may pass
    synchronized @Nullable Portion reserve(int wanted, long sinceNanos) {
        if (bytesPerSecond == 0) {
            return null;
        }
        int bytes = (int) Math.min(wanted, Math.max(1, bytesPerSecond / PORTIONS_PER_SECOND));
        long startNanos = freeAtNanos - sinceNanos > 0 ? freeAtNanos : sinceNanos;
        freeAtNanos = startNanos + Math.round(bytes * SECOND_NANOS / bytesPerSecond);
        return new Portion(bytes, freeAtNanos);
    }
}
