package dev.sonde.bench;

import java.time.Clock;
import java.time.Duration;

/// The time at which the service writes its roll-ups: every ten minutes, for some seconds. A minute
/// with them would count ten minutes' work.
final class RollupTime {

    private static final long EVERY_SECONDS = Duration.ofMinutes(10).toSeconds();

    private RollupTime() {}

    /// Waits until no roll-ups are due for so long. A service that starts after that has none to
    /// write.
    static void awaitFree(Duration needed) throws InterruptedException {
        long left = EVERY_SECONDS - Clock.systemUTC().instant().getEpochSecond() % EVERY_SECONDS;
        if (left < needed.toSeconds()) {
            System.out.printf("Waits %d s, until roll-ups are written.%n%n", left);
            Thread.sleep(Duration.ofSeconds(left));
        }
    }
}
