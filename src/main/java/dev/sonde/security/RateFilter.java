package dev.sonde.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a caller beyond its rate. Health is exempt, because its callers restart a service that
/// does not answer.
final class RateFilter extends OncePerRequestFilter {

    private static final String HEALTH = "/actuator/health";

    private final RateLimits limits;
    private final Refusals refusals;

    RateFilter(RateLimits limits, Refusals refusals) {
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith(HEALTH);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = limits.take(Callers.counted(request));
        if (wait.isPositive()) {
            refusals.tooMany(request, response, wait);
        } else {
            chain.doFilter(request, response);
        }
    }
}
