package dev.sonde.api.timeline;

import java.util.Locale;

/// Times in three digits, each with its unit. Inputs are microseconds.
final class Figures {

    /// A unit of a row.
    private enum Unit {
        MICROS("µs", 1),
        MILLIS("ms", 1_000),
        SECONDS("s", 1_000_000);

        private final String word;
        private final long micros;

        Unit(String word, long micros) {
            this.word = word;
            this.micros = micros;
        }

        static Unit of(long micros) {
            long size = Math.abs(micros);
            if (size < 1_000) {
                return MICROS;
            }
            return size < 999_500 ? MILLIS : SECONDS;
        }

        String figure(long value) {
            double size = (double) value / micros;
            return String.format(Locale.ROOT, "%." + decimals(size) + "f", size);
        }

        /// Three digits, and below a thousandth as many as a microsecond needs.
        private int decimals(double size) {
            if (this == MICROS) {
                return 0;
            }
            if (size < 0.0995) {
                return this == SECONDS && size < 0.000_995 ? 6 : this == SECONDS ? 5 : 3;
            }
            if (size < 0.9995) {
                return 3;
            }
            return size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
        }
    }

    private Figures() {}

    /// Such as `61 µs`, `7.27 ms`, `3.00 s`.
    static String time(long micros) {
        Unit unit = Unit.of(micros);
        return unit.figure(micros) + " " + unit.word;
    }

    /// The time since the row before, in the unit of its own row's time and without it.
    ///
    /// @param atMicros the time of the row
    static String since(long atMicros, long beforeMicros) {
        return "+" + Unit.of(atMicros).figure(Math.max(0, atMicros - beforeMicros));
    }

    /// A count with groups of three digits: `3,145,728`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
