package dev.sonde.api.replica;

import dev.sonde.schedule.ReplicaChanges;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Adds the number of the newest change to the answer to a change of probes. A read at another
/// replica can wait for that number. A single process has no such numbers.
@Component
@Order(VersionFilter.AFTER_BODY)
final class VersionFilter extends OncePerRequestFilter {

    static final int AFTER_BODY = -30;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ReplicaChanges changes;

    VersionFilter(ReplicaChanges changes) {
        this.changes = changes;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return READING.contains(request.getMethod())
                || changes.version().isEmpty()
                || !(path.startsWith("/api/v1/probes") || path.startsWith("/api/v1/definitions"));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OnCommittedResponseWrapper numbered =
                new OnCommittedResponseWrapper(response) {
                    @Override
                    protected void onResponseCommitted() {
                        addVersion(response);
                        disableOnResponseCommitted();
                    }
                };
        chain.doFilter(request, numbered);
        if (!response.isCommitted()) {
            addVersion(response);
        }
    }

    private void addVersion(HttpServletResponse response) {
        changes.version()
                .ifPresent(number -> response.setHeader(Versions.HEADER, Long.toString(number)));
    }
}
