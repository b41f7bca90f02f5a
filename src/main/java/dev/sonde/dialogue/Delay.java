package dev.sonde.dialogue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// A time to wait, drawn anew for each use.
///
/// @param jitter the drawn time is the length plus or minus at most this, and never below 0
public record Delay(Duration length, Duration jitter) {

    /// A delay without jitter.
    public static Delay of(Duration length) {
        return new Delay(length, Duration.ZERO);
    }

    /// Whether the delay is always zero.
    public boolean isZero() {
        return length.isZero() && jitter.isZero();
    }

    /// The time to wait now.
    public Duration drawn() {
        if (jitter.isZero()) {
            return length;
        }
        long most = jitter.toNanos();
        long nanos = length.toNanos() + ThreadLocalRandom.current().nextLong(-most, most + 1);
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /// The shortest time that it may be.
    Duration least() {
        return length.compareTo(jitter) > 0 ? length.minus(jitter) : Duration.ZERO;
    }
}
