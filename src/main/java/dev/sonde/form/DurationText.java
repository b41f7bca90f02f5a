package dev.sonde.form;

import dev.sonde.probe.spec.Excerpt;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as users of Prometheus write them: `250ms`, `2s`, `1m30s`, `1h`, `1d`, `1y`, `0`. Read
/// also in the form of ISO-8601 (`PT2S`), written only in the first form.
public final class DurationText {

    private static final int LONGEST = 64;
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    private static final Unit[] UNITS = {
        new Unit("y", 365 * DAY_MILLIS),
        new Unit("w", 7 * DAY_MILLIS),
        new Unit("d", DAY_MILLIS),
        new Unit("h", 3_600_000L),
        new Unit("m", 60_000L),
        new Unit("s", 1_000L),
        new Unit("ms", 1L),
    };

    private static final int NANOS_PER_MILLI = 1_000_000;

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(\\d{1,6})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?"
                            + "(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private record Unit(String suffix, long millis) {}

    private DurationText() {}

    /// Reads either form.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static Duration parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw unreadable(text);
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        return text.charAt(0) == 'P' ? iso(text) : prometheus(text);
    }

    /// Writes the first form, or ISO 8601 where it is not in whole milliseconds.
    public static String format(Duration duration) {
        if (duration.toNanosPart() % NANOS_PER_MILLI != 0) {
            return duration.toString();
        }
        StringBuilder text = new StringBuilder();
        long leftMillis = duration.toMillis();
        for (Unit unit : UNITS) {
            long count = leftMillis / unit.millis();
            if (count > 0 && unit.millis() <= DAY_MILLIS) {
                text.append(count).append(unit.suffix());
                leftMillis -= count * unit.millis();
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static Duration prometheus(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        long millis = 0;
        for (int i = 0; i < UNITS.length; i++) {
            String count = matcher.group(i + 1);
            if (count != null) {
                millis += Long.parseLong(count) * UNITS[i].millis();
            }
        }
        return Duration.ofMillis(millis);
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "a duration is written like 250ms, 2s, 1m30s or PT2S, not \""
                        + Excerpt.of(text)
                        + "\"");
    }
}
