package dev.sonde.api.event;

import dev.sonde.api.request.Query;
import dev.sonde.form.DurationText;
import dev.sonde.result.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The begin of a subscriber's reading.
///
/// @param from the number of the first event wanted
/// @param isGap whether the service that the subscriber read from has ended; the number of missed
///     events is unknown then
record EventStart(long from, boolean isGap) {

    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "lastEventId";
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    static EventStart of(HttpServletRequest request, EventLog log) {
        String header = request.getHeader(HEADER);
        String parameter = request.getParameter(PARAMETER);
        if (header != null && !header.isEmpty()) {
            return after(read(HEADER, header), log);
        }
        return parameter == null || parameter.isEmpty()
                ? new EventStart(log.end(), false)
                : after(read(PARAMETER, parameter), log);
    }

    /// How long a subscriber reads; without end when absent.
    static @Nullable Duration length(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Duration length = DurationText.parse(text);
            if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
                return length;
            }
        } catch (IllegalArgumentException _) {
            // What is expected says the same for a text that is no duration.
        }
        throw Query.invalid("for", text, "a duration from 100ms to 1d");
    }

    private static EventStart after(long last, EventLog log) {
        boolean isOurs = last >= log.first() - 1 && last < log.end();
        return isOurs ? new EventStart(last + 1, false) : new EventStart(log.first(), true);
    }

    private static long read(String name, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw Query.invalid(name, text, "the id of an event of this stream");
        }
        return Long.parseLong(text);
    }
}
