package dev.sonde.bench;

import java.util.concurrent.atomic.AtomicInteger;

/// Whether a figure reaches its goal, and how many miss theirs by more than a tenth. The short form
/// ends with an error where one does.
final class Reach {

    private static final double TOLERANCE = 0.1;

    /// Of all sections of this process.
    private static final AtomicInteger CLEARLY_MISSED = new AtomicInteger();

    private Reach() {}

    /// The word for the table.
    static String atLeast(double wanted, double measured) {
        return word(measured >= wanted, measured >= wanted * (1 - TOLERANCE));
    }

    /// The word for the table.
    static String atMost(double wanted, double measured) {
        return word(measured <= wanted, measured <= wanted * (1 + TOLERANCE));
    }

    static int clearlyMissed() {
        return CLEARLY_MISSED.get();
    }

    private static String word(boolean isReached, boolean isNear) {
        if (isReached) {
            return "reached";
        }
        if (isNear) {
            return "missed by a tenth at most";
        }
        CLEARLY_MISSED.incrementAndGet();
        return "**missed**";
    }
}
