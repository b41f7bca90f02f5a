package dev.sonde.check;

import java.time.Duration;

/// No room is left for another check until one ends.
public final class TooManyChecksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyChecksException(String message) {
        super(message, null, false, false);
    }

    /// When it may be worth asking again: nobody knows when a check ends.
    public Duration retryAfter() {
        return Duration.ofSeconds(1);
    }
}
