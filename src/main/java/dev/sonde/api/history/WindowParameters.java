package dev.sonde.api.history;

import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.Query;
import dev.sonde.form.DurationText;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The windows that a query asks for: up to now, or from one instant to another.
record WindowParameters(
        @Parameter(
                        description =
                                "Up to ten lengths of time up to now, with commas between; 24h when"
                                        + " neither this nor from is given",
                        example = "24h,7d",
                        schema = @Schema(type = "string"))
                @Nullable String window,
        @Parameter(
                        description = "Begin of the window, in place of window",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String from,
        @Parameter(
                        description = "The first instant after it; now when absent",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String to) {

    private static final int MOST = 10;

    /// One window.
    ///
    /// @param name as it was asked for; absent where instants were given
    record NamedWindow(@Nullable String name, Instant from, Instant to) {}

    List<NamedWindow> asked(Instant now) {
        if (from != null || to != null) {
            if (window != null) {
                throw Query.invalid("window", window, "window and from exclude each other");
            }
            return List.of(between(from, to, Duration.ofDays(1), now));
        }
        List<NamedWindow> asked = new ArrayList<>();
        for (String name : (window == null ? "24h" : window).split(",", -1)) {
            asked.add(new NamedWindow(name, now.minus(length(name)), now));
        }
        if (asked.size() > MOST) {
            throw Query.invalid("window", window, "up to " + MOST + " lengths of time");
        }
        return asked;
    }

    /// @param usual length where `from` is absent
    static NamedWindow between(
            @Nullable String from, @Nullable String to, Duration usual, Instant now) {
        Instant last = InstantText.read("to", to, now);
        Instant end = last == null ? now : last;
        Instant first = InstantText.read("from", from, now);
        Instant begin = first == null ? end.minus(usual) : first;
        if (!begin.isBefore(end)) {
            throw Query.invalid("from", from, "an instant before " + end);
        }
        return new NamedWindow(null, begin, end);
    }

    private Duration length(String name) {
        try {
            Duration length = DurationText.parse(name);
            if (length.isPositive() && length.compareTo(Duration.ofDays(3_660)) <= 0) {
                return length;
            }
        } catch (IllegalArgumentException _) {
            // The sentence below says it for both.
        }
        throw Query.invalid("window", window, "lengths of time up to 10y, such as 24h,7d");
    }
}
