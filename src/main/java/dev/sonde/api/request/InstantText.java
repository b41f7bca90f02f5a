package dev.sonde.api.request;

import dev.sonde.form.DurationText;
import dev.sonde.probe.spec.Excerpt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Instants as queries name them: RFC 3339, a date (its first instant in UTC), seconds since 1970,
/// or a duration before now (`-90m`, `-24h`, `-7d`).
public final class InstantText {

    /// The form in the API's description.
    public static final String PATTERN =
            "^([0-9]{4}-[0-9]{2}-[0-9]{2}([Tt].+)?|[0-9]{1,11}(\\.[0-9]{1,9})?|-.+)$";

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");

    /// No result starts later; arithmetic with it cannot overflow.
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private InstantText() {}

    /// The instant that a query names; null where it names none.
    ///
    /// @param name the query parameter
    /// @throws InvalidRequestException when the text is none of the forms
    public static @Nullable Instant read(String name, @Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        try {
            Instant read = parse(text, now);
            return read.isBefore(Instant.EPOCH) ? Instant.EPOCH : read.isAfter(LAST) ? LAST : read;
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException _) {
            throw Query.invalid(
                    name,
                    text,
                    "an instant is written like 2026-11-20T10:00:00Z, 2026-11-20, 1795168800 or"
                            + " -24h, not \""
                            + Excerpt.of(text)
                            + "\"");
        }
    }

    private static Instant parse(String text, Instant now) {
        if (text.startsWith("-")) {
            Duration before = DurationText.parse(text.substring(1));
            if (before.isNegative()) {
                throw new IllegalArgumentException("a duration after now");
            }
            return now.minus(before);
        }
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (SECONDS.matcher(text).matches()) {
            return seconds(text);
        }
        // A "+" that was not encoded arrives as a space.
        return Instant.parse(text.replace(' ', '+'));
    }

    private static Instant seconds(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        String nanos = (text.substring(point + 1) + "000000000").substring(0, 9);
        return Instant.ofEpochSecond(
                Long.parseLong(text.substring(0, point)), Long.parseLong(nanos));
    }
}
