package dev.sonde.api.server;

import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers 404 with a problem document for a part of the health that is unknown or hidden from the
/// caller. The actuator itself answers some of these without a body and fails on others.
@Component
@Order(BodyFilter.AFTER_SECURITY + 10)
final class HealthPathFilter extends OncePerRequestFilter {

    private static final String HEALTH = "/actuator/health/";

    private final Set<String> groups;
    private final HealthContributorRegistry contributors;
    private final ProblemWriter problems;

    HealthPathFilter(
            HealthEndpointGroups groups,
            HealthContributorRegistry contributors,
            ProblemWriter problems) {
        this.contributors = contributors;
        this.groups = Set.copyOf(groups.getNames());
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith(HEALTH);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        UnwrittenNotFound seen = new UnwrittenNotFound(response);
        if (isPossible(request.getServletPath().substring(HEALTH.length()))) {
            chain.doFilter(request, seen);
        } else {
            seen.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        if (seen.isNotFound() && !response.isCommitted()) {
            problems.write(
                    ProblemType.NOT_FOUND
                            .because(ProblemType.NOT_FOUND_SENTENCE)
                            .at(request.getRequestURI()),
                    response);
        }
    }

    /// A part, or a part of a group: no part has parts of its own here.
    private boolean isPossible(String path) {
        List<String> parts = List.of(path.split("/", -1));
        String part = parts.getLast();
        boolean isGroup = groups.contains(parts.getFirst());
        return switch (parts.size()) {
            case 1 -> isGroup || contributors.getContributor(part) != null;
            case 2 -> isGroup && contributors.getContributor(part) != null;
            default -> false;
        };
    }

    /// An answer that is not sent before it is known to be more than a bare 404.
    private static final class UnwrittenNotFound extends HttpServletResponseWrapper {

        UnwrittenNotFound(HttpServletResponse response) {
            super(response);
        }

        boolean isNotFound() {
            return getStatus() == SC_NOT_FOUND;
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!isNotFound()) {
                super.flushBuffer();
            }
        }
    }
}
