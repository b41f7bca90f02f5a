package dev.sonde.api.server;

import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import dev.sonde.web.HttpConnection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a request over a connection beyond the limits, when all others serve requests. Health is
/// always answered.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class ConnectionFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    ConnectionFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/actuator/health") || path.equals("/-/healthy");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HttpConnection.of(request).filter(HttpConnection::isBeyondLimit).isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        response.setHeader(HttpHeaders.CONNECTION, "close");
        problems.write(
                ProblemType.OVERLOADED
                        .because(
                                "the limit of HTTP connections is reached, in all or of one"
                                        + " address (sonde.api.connections.max, .max-per-address)")
                        .at(request.getRequestURI()),
                response);
    }
}
