package dev.sonde.check;

import dev.sonde.memory.HeapShare;
import java.time.Duration;

/// No room is left for another check until one ends.
public final class TooManyChecksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyChecksException(String message) {
        super(message, null, false, false);
    }

    static TooManyChecksException ofRunning(int running) {
        return new TooManyChecksException(
                running + " checks are running, no more may start (sonde.checks.max-running)");
    }

    static TooManyChecksException ofResults(long results) {
        return new TooManyChecksException(
                "the results of running checks leave no room for "
                        + results
                        + " more (sonde.checks.kept-results)");
    }

    static TooManyChecksException ofMemory(long bytes, HeapShare memory) {
        return new TooManyChecksException(
                "the targets and results of this check take about "
                        + bytes
                        + " bytes of heap, and "
                        + memory.used()
                        + " of "
                        + memory
                        + " are taken");
    }

    /// When it may be worth asking again: nobody knows when a check ends.
    public Duration retryAfter() {
        return Duration.ofSeconds(1);
    }
}
