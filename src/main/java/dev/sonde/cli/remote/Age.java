package dev.sonde.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A time span in one word of two units at most: `45s`, `12m`, `3h 20m`, `5d 2h`.
final class Age {

    private Age() {}

    /// From an instant of an answer to now; empty where there is none.
    static String since(String instant) {
        try {
            return of(Duration.between(Instant.parse(instant), Instant.now()));
        } catch (DateTimeParseException _) {
            // Absent.
            return "";
        }
    }

    static String of(Duration span) {
        long days = span.toDays();
        if (days > 0) {
            return days + "d " + span.toHoursPart() + "h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + "h " + span.toMinutesPart() + "m";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + "m" : Math.max(0, span.toSeconds()) + "s";
    }
}
