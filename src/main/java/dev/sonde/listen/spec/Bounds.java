package dev.sonde.listen.spec;

import dev.sonde.dialogue.Delay;
import java.time.Duration;

/// Checks the numbers and durations of a listener's description.
public final class Bounds {

    public static final Duration LONGEST = Duration.ofDays(30);

    private Bounds() {}

    /// Requires 0 to 30 days.
    static Duration wait(String field, Duration wait) {
        if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
            throw new InvalidListenerException(field, wait, "a duration from 0s to 30d");
        }
        return wait;
    }

    /// Requires a length and a jitter of 0 to 30 days.
    static void delay(String field, Delay delay) {
        wait(field, delay.length());
        wait("behaviour.jitter", delay.jitter());
    }

    /// Requires 1 ms to 30 days.
    static Duration limit(String field, Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new InvalidListenerException(field, limit, "a duration from 1ms to 30d");
        }
        return limit;
    }

    static void number(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidListenerException(
                    field, value, "a number from " + least + " to " + most);
        }
    }
}
