package dev.sonde.eventloop;

import java.util.concurrent.TimeUnit;

/// The longest turn of the last 15 to 30 s, kept as the maxima of two consecutive windows. Owned by
/// the loop's thread.
final class LagWindow {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(15);

    private long windowStartNanos;
    private long currentNanos;
    private long previousNanos;

    LagWindow(long nowNanos) {
        windowStartNanos = nowNanos;
    }

    void record(long nowNanos, long turnNanos) {
        roll(nowNanos);
        currentNanos = Math.max(currentNanos, turnNanos);
    }

    long longestNanos(long nowNanos) {
        roll(nowNanos);
        return Math.max(currentNanos, previousNanos);
    }

    private void roll(long nowNanos) {
        long age = nowNanos - windowStartNanos;
        if (age >= WINDOW_NANOS) {
            previousNanos = age < 2 * WINDOW_NANOS ? currentNanos : 0;
            currentNanos = 0;
            windowStartNanos = nowNanos;
        }
    }
}
