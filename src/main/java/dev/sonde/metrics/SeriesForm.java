package dev.sonde.metrics;

/// How the values of a family are written. Prometheus takes seconds.
enum SeriesForm {
    NUMBER,
    NANOS,
    MICROS,
    MILLIS;

    /// @param value zero or more
    SeriesText write(long value, SeriesText text) {
        return switch (this) {
            case NUMBER -> text.number(value);
            case NANOS -> text.secondsOfNanos(value);
            case MICROS -> text.secondsOfMicros(value);
            case MILLIS -> text.secondsOfMillis(value);
        };
    }
}
