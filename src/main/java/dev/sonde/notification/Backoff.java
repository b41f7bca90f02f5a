package dev.sonde.notification;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// The pauses between attempts to deliver one message.
final class Backoff {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 12;
    private static final double JITTER = 0.1;

    private Backoff() {}

    /// One second, then twice as long each time, up to an hour.
    static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        long millis = Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
        double jitter = ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Duration.ofMillis(
                Math.min(LONGEST_PAUSE.toMillis(), (long) (millis * (1 + jitter))));
    }
}
