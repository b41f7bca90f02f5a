package dev.sonde.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Watches a connection to tell whether a program answers at its other end, or only the kernel.
///
/// @param watch how long at most; 10 ms to 10 min
/// @param send what is said first; nothing when absent, and then silence is no failure
public record ObserveSettings(Duration watch, @Nullable Payload send) implements StepSettings {

    public static final Duration SHORTEST = Duration.ofMillis(10);
    public static final Duration LONGEST = Duration.ofMinutes(10);

    public ObserveSettings {
        if (watch.compareTo(SHORTEST) < 0 || watch.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a connection is observed for 10ms to 10m");
        }
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Duration longest() {
        return watch;
    }
}
