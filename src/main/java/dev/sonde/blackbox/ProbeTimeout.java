package dev.sonde.blackbox;

import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.ProbeSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The timeout of a probe for a scrape, by blackbox_exporter's rule.
///
/// Half a second of the scrape's own timeout is kept back, so that the answer arrives in time. A
/// scrape that has no more than that gets half of its timeout, never more than all of it.
final class ProbeTimeout {

    private static final double WITHOUT_HEADER_SECONDS = 120;
    private static final double KEPT_BACK_SECONDS = 0.5;

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[iI][nN][fF])");

    private ProbeTimeout() {}

    /// @param header the scrape's timeout in seconds; absent when the request has none
    /// @param module the module's own; absent when it has none
    /// @throws NumberFormatException when the header is not a number
    static Duration of(@Nullable String header, @Nullable Duration module) {
        double given = header == null || header.isEmpty() ? 0 : number(header);
        double scrapeSeconds = given == 0 ? WITHOUT_HEADER_SECONDS : given;
        double mostSeconds = scrapeSeconds - KEPT_BACK_SECONDS;
        if (mostSeconds <= 0) {
            mostSeconds = Math.max(scrapeSeconds, 0) / 2;
        }
        Duration most = ofSeconds(mostSeconds);
        return ProbeSettings.nearestTimeout(
                module != null && module.compareTo(most) < 0 ? module : most);
    }

    private static Duration ofSeconds(double seconds) {
        double longest = ProbeSettings.LONGEST_TIMEOUT.toSeconds();
        return Duration.ofNanos(Math.round(Math.min(seconds, longest) * 1e9));
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException(
                    "strconv.ParseFloat: parsing " + Excerpt.quoted(text) + ": invalid syntax");
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
