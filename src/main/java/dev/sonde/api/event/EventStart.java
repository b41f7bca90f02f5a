package dev.sonde.api.event;

import dev.sonde.api.request.Query;
import dev.sonde.result.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Where a subscriber begins to read.
///
/// @param from the number of the first event wanted
/// @param isGap whether the subscriber read from a service that has ended since, so that nobody
///     knows how many events it missed
record EventStart(long from, boolean isGap) {

    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "lastEventId";

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
