package dev.sonde.probe.spec;

import dev.sonde.dialogue.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Watches a connection to find whether a program answers at its other end, or only the kernel.
///
/// @param watch how long at most; 10 ms to 10 min
/// @param after the time of silence at first; zero or more, less than `watch`
/// @param send the bytes sent after that time; when absent, silence is no failure
public record ObserveSettings(Duration watch, Duration after, @Nullable Payload send)
        implements StepSettings {

    public static final Duration SHORTEST = Duration.ofMillis(10);
    public static final Duration LONGEST = Duration.ofMinutes(10);

    public ObserveSettings {
        if (watch.compareTo(SHORTEST) < 0 || watch.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a connection is observed for 10ms to 10m");
        }
        if (after.isNegative() || after.compareTo(watch) >= 0) {
            throw new IllegalArgumentException("the time before sending is less than the whole");
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
