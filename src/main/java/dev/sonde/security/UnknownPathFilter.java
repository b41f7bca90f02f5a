package dev.sonde.security;

import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers 404 for a path that no rule of the access table names, before anybody looks for a file
/// of that name.
final class UnknownPathFilter extends OncePerRequestFilter {

    private static final String BELOW = "/**";

    private final ProblemWriter problems;
    private final List<String> exact;
    private final List<String> roots;

    UnknownPathFilter(List<AccessRule> table, ProblemWriter problems) {
        this.problems = problems;
        this.exact = table.stream().map(AccessRule::path).map(UnknownPathFilter::root).toList();
        this.roots =
                table.stream()
                        .map(AccessRule::path)
                        .filter(path -> path.endsWith(BELOW))
                        .map(path -> root(path) + "/")
                        .toList();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath();
        if (exact.contains(path) || roots.stream().anyMatch(path::startsWith)) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    ProblemType.NOT_FOUND
                            .because(ProblemType.NOT_FOUND_SENTENCE)
                            .at(request.getRequestURI()),
                    response);
        }
    }

    private static String root(String path) {
        return path.endsWith(BELOW) ? path.substring(0, path.length() - BELOW.length()) : path;
    }
}
