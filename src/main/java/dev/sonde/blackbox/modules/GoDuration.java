package dev.sonde.blackbox.modules;

import dev.sonde.probe.spec.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them: `5s`, `1m30s`, `1.5h`, `300ms`, `-1s`.
public final class GoDuration {

    private static final int LONGEST = 64;

    private static final Pattern FORM =
            Pattern.compile("[+-]?(?:(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)");

    private static final Pattern PART =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /// Reads a duration.
    ///
    /// @throws IllegalArgumentException when it is not one, or longer than 292 years
    public static Duration parse(String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a duration is written like 300ms, 5s or 1m30s, not \""
                            + Excerpt.of(text)
                            + "\"");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            BigDecimal count = new BigDecimal(part.group(1));
            nanos = nanos.add(count.multiply(BigDecimal.valueOf(unitNanos(part.group(2)))));
        }
        try {
            BigDecimal signed = text.startsWith("-") ? nanos.negate() : nanos;
            return Duration.ofNanos(signed.toBigInteger().longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too long: \"" + Excerpt.of(text) + "\"", e);
        }
    }

    private static long unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
