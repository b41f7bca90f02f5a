package dev.sonde.security;

import dev.sonde.page.SwaggerFiles;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/// Answers 404 for a path without a rule in the access table. Below the roots of the API, the
/// actuator and Swagger UI, a path needs an operation or a file. It runs before the search for a
/// file of that name.
final class UnknownPathFilter extends OncePerRequestFilter {

    private static final String BELOW = "/**";

    /// Only operations and the files of Swagger UI exist below these.
    private static final List<String> JUDGED = List.of("/api/v1/", "/actuator/", SwaggerFiles.ROOT);

    private final ProblemWriter problems;
    private final List<String> exact;
    private final List<String> roots;

    /// The paths of all operations and files; known once the mappings are.
    private final SingletonSupplier<List<PathPattern>> operations;

    UnknownPathFilter(
            List<AccessRule> table,
            ProblemWriter problems,
            Supplier<List<PathPattern>> operations) {
        this.problems = problems;
        this.operations = SingletonSupplier.of(operations);
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
        if (isNamed(path) && isOperation(path, request)) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    ProblemType.NOT_FOUND
                            .because(ProblemType.NOT_FOUND_SENTENCE)
                            .at(request.getRequestURI()),
                    response);
        }
    }

    private boolean isNamed(String path) {
        return exact.contains(path) || roots.stream().anyMatch(path::startsWith);
    }

    private boolean isOperation(String path, HttpServletRequest request) {
        for (String root : JUDGED) {
            if (path.startsWith(root)) {
                return isOperationBelow(root, request);
            }
        }
        return true;
    }

    /// A root without operations is another server's, such as the one for management.
    private boolean isOperationBelow(String root, HttpServletRequest request) {
        PathContainer parsed = ServletRequestPathUtils.parse(request).pathWithinApplication();
        boolean isEmpty = true;
        for (PathPattern pattern : operations.obtain()) {
            if (pattern.getPatternString().startsWith(root)) {
                isEmpty = false;
                if (pattern.matches(parsed)) {
                    return true;
                }
            }
        }
        return isEmpty;
    }

    private static String root(String path) {
        return path.endsWith(BELOW) ? path.substring(0, path.length() - BELOW.length()) : path;
    }
}
