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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
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
    private final Set<String> exact;
    private final List<String> roots;

    /// All operations and files; known once the mappings are.
    private final SingletonSupplier<List<Operation>> operations;

    /// The path of one operation or file.
    ///
    /// @param start the part of it before its first variable, which is quick to compare
    private record Operation(String start, PathPattern pattern) {

        static Operation of(PathPattern pattern) {
            String text = pattern.getPatternString();
            int variable = text.indexOf('{');
            int wildcard = text.indexOf('*');
            int end = Math.min(orEnd(variable, text), orEnd(wildcard, text));
            return new Operation(text.substring(0, end), pattern);
        }

        private static int orEnd(int index, String text) {
            return index < 0 ? text.length() : index;
        }

        boolean isAt(String path, PathContainer parsed) {
            return path.startsWith(start) && pattern.matches(parsed);
        }
    }

    UnknownPathFilter(
            List<AccessRule> table,
            ProblemWriter problems,
            ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.problems = problems;
        this.operations = SingletonSupplier.of(() -> paths(mappings).map(Operation::of).toList());
        this.exact =
                table.stream()
                        .map(AccessRule::path)
                        .map(UnknownPathFilter::root)
                        .collect(Collectors.toUnmodifiableSet());
        this.roots =
                table.stream()
                        .map(AccessRule::path)
                        .filter(path -> path.endsWith(BELOW))
                        .map(path -> root(path) + "/")
                        .toList();
    }

    /// The paths of all operations and of Swagger UI's files.
    private static Stream<PathPattern> paths(
            ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        Stream<PathPattern> operations =
                mappings.stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                        .flatMap(UnknownPathFilter::paths);
        return Stream.concat(operations, SwaggerFiles.paths().stream()).distinct();
    }

    private static Stream<PathPattern> paths(RequestMappingInfo operation) {
        PathPatternsRequestCondition paths = operation.getPathPatternsCondition();
        return paths == null ? Stream.empty() : paths.getPatterns().stream();
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
        return exact.contains(path) || startsWithRoot(path);
    }

    private boolean startsWithRoot(String path) {
        for (String root : roots) {
            if (path.startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOperation(String path, HttpServletRequest request) {
        for (String root : JUDGED) {
            if (path.startsWith(root)) {
                return isOperationBelow(root, path, request);
            }
        }
        return true;
    }

    /// A root without operations is another server's, such as the one for management.
    private boolean isOperationBelow(String root, String path, HttpServletRequest request) {
        PathContainer parsed = parsed(request).pathWithinApplication();
        boolean isEmpty = true;
        for (Operation operation : operations.obtain()) {
            if (operation.start().startsWith(root)) {
                isEmpty = false;
                if (operation.isAt(path, parsed)) {
                    return true;
                }
            }
        }
        return isEmpty;
    }

    private static RequestPath parsed(HttpServletRequest request) {
        return ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request)
                : ServletRequestPathUtils.parse(request);
    }

    private static String root(String path) {
        return path.endsWith(BELOW) ? path.substring(0, path.length() - BELOW.length()) : path;
    }
}
