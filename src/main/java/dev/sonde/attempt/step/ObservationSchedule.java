package dev.sonde.attempt.step;

import java.util.concurrent.TimeUnit;

/// When to look at an observed connection: often at first, when an acknowledgement is due, then
/// shortly after the peer's SYN-ACK timer would have fired (1, 3, 7 s; Linux `tcp_synack_retries`),
/// then once a second.
final class ObservationSchedule {

    private static final int[] AFTER_MILLIS = {10, 50, 250, 500, 750, 1_050, 1_500, 2_050, 3_050};
    private static final int THEN_FROM_MILLIS = 3_550;
    private static final long THEN_EVERY_MILLIS = 1_000;

    private long startNanos;
    private int next;

    ObservationSchedule(long startNanos) {
        this.startNanos = startNanos;
    }

    /// Starts over: something was sent.
    void startAt(long nowNanos) {
        startNanos = nowNanos;
        next = 0;
    }

    long nextNanos() {
        return startNanos + TimeUnit.MILLISECONDS.toNanos(afterMillis());
    }

    /// Counts the looks that were due until now as taken.
    void passed(long nowNanos) {
        while (nextNanos() - nowNanos <= 0) {
            next++;
        }
    }

    private long afterMillis() {
        return next < AFTER_MILLIS.length
                ? AFTER_MILLIS[next]
                : THEN_FROM_MILLIS + THEN_EVERY_MILLIS * (next - AFTER_MILLIS.length);
    }
}
