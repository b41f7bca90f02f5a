package dev.sonde.security;

import dev.sonde.probe.spec.Excerpt;
import dev.sonde.problem.AuditNote;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Writes a line to the audit log for every request to change something, and for every refused
/// request. A line has caller, address, request and decision.
final class AuditFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isAnswered = false;
        try {
            chain.doFilter(request, response);
            isAnswered = true;
        } finally {
            int status = isAnswered ? response.getStatus() : 500;
            if (isOfInterest(request, status)) {
                log(request, response, status);
            }
        }
    }

    /// Requests over the rate are not logged: they could fill the log. The count of requests by
    /// status shows them.
    private static boolean isOfInterest(HttpServletRequest request, int status) {
        boolean isTurnedAway = status == 401 || status == 403;
        return isTurnedAway || (!READING.contains(request.getMethod()) && status != 429);
    }

    private static void log(HttpServletRequest request, HttpServletResponse response, int status) {
        LoggingEventBuilder line =
                AuditLog.LOG
                        .atInfo()
                        .addKeyValue("who", Callers.name(request))
                        .addKeyValue("from", request.getRemoteAddr())
                        .addKeyValue("method", request.getMethod())
                        .addKeyValue("path", Excerpt.of(request.getRequestURI()))
                        .addKeyValue("status", status)
                        .addKeyValue("decision", decision(status));
        String made = made(response);
        if (made != null) {
            line = line.addKeyValue("made", made);
        }
        for (Map.Entry<String, Object> note : AuditNote.of(request).entrySet()) {
            line = line.addKeyValue(note.getKey(), note.getValue());
        }
        line.log("request");
    }

    private static String decision(int status) {
        return switch (status) {
            case 401 -> "unauthenticated";
            case 403 -> "denied";
            default -> status < 400 ? "done" : "failed";
        };
    }

    /// The address of the created resource.
    private static @Nullable String made(HttpServletResponse response) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        return location == null ? response.getHeader(HttpHeaders.CONTENT_LOCATION) : location;
    }
}
