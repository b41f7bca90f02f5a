package dev.sonde.attempt.step;

import java.util.concurrent.TimeUnit;

/// The instants at which an observed connection is read. They are close at first, when an
/// acknowledgement is due. Later ones follow the peer's SYN-ACK timer (1, 3, 7 s; Linux
/// `tcp_synack_retries`). After that they are a second apart.
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
