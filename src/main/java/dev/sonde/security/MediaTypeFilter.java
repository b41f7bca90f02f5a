package dev.sonde.security;

import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// The filter that answers 415 where the type of a body has a wildcard, on every path and method.
final class MediaTypeFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    MediaTypeFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // The firewall judges a header as it is read: here, where its refusal is answered.
        request.getHeaders(HttpHeaders.ACCEPT).asIterator().forEachRemaining(_ -> {});
        if (hasWildcard(request.getContentType())) {
            problems.write(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE
                            .because("Content-Type has a wildcard; name the type of the body")
                            .at(request.getRequestURI()),
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /// A wildcard stands before the parameters.
    private static boolean hasWildcard(@Nullable String type) {
        if (type == null) {
            return false;
        }
        int star = type.indexOf('*');
        int parameters = type.indexOf(';');
        return star >= 0 && (parameters < 0 || star < parameters);
    }
}
