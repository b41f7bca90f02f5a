package dev.sonde.security;

import dev.sonde.probe.spec.Excerpt;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/// Answers refused requests: 401, 403 and 429, each a problem document. `WWW-Authenticate` (RFC
/// 6750) and `Retry-After` say what the caller can do.
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ProblemWriter problems;
    private final RateLimits limits;
    private final BearerTokenAuthenticationEntryPoint challenge =
            new BearerTokenAuthenticationEntryPoint();
    private final BearerTokenAccessDeniedHandler insufficient =
            new BearerTokenAccessDeniedHandler();

    Refusals(ProblemWriter problems, RateLimits limits) {
        this.problems = problems;
        this.limits = limits;
    }

    /// Nobody is known to ask. Wrong tokens count as requests of the address that they come from.
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        Duration wait = limits.take(Callers.address(request));
        if (wait.isPositive()) {
            tooMany(request, response, wait);
            return;
        }
        challenge.commence(request, response, e);
        boolean hasToken = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        write(
                ProblemType.UNAUTHENTICATED,
                hasToken
                        ? "the bearer token is not accepted: it is unknown, has expired, or was not"
                                + " issued for this service"
                        : "a bearer token is needed: Authorization: Bearer ...",
                request,
                response);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        insufficient.handle(request, response, e);
        write(
                ProblemType.FORBIDDEN,
                "%s may not %s this".formatted(Callers.name(request), request.getMethod()),
                request,
                response);
    }

    /// @param header the one that has a name that is not ours
    void foreign(
            String header, String value, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(
                ProblemType.FOREIGN_HOST,
                "%s is %s, and the service answers only under the names of this host (sonde.security.hosts adds others)"
                        .formatted(header, Excerpt.of(value)),
                request,
                response);
    }

    /// @param header the one that names the page's site
    void crossSite(String header, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(
                ProblemType.CROSS_SITE,
                "the request comes from a page of another site (%s)".formatted(header),
                request,
                response);
    }

    void tooMany(HttpServletRequest request, HttpServletResponse response, Duration wait)
            throws IOException {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        write(
                ProblemType.TOO_MANY_REQUESTS,
                "one caller may not ask more often (sonde.security.rate)",
                request,
                response);
    }

    private void write(
            ProblemType type,
            String detail,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        problems.write(type.because(detail).at(request.getRequestURI()), response);
    }
}
