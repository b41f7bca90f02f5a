package dev.sonde.page;

import dev.sonde.page.PageFiles.PageFile;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers what is below `/page/` from memory, before the dispatcher: a file that exists, and 404
/// for one that does not. It stands behind the access rules.
final class PageFilter extends OncePerRequestFilter {

    private final PageFiles files;
    private final ProblemWriter problems;

    PageFilter(PageFiles files, ProblemWriter problems) {
        this.files = files;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/page/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<PageFile> file = files.find(request.getServletPath());
        boolean isHead = HttpMethod.HEAD.matches(request.getMethod());
        if (file.isPresent() && (isHead || HttpMethod.GET.matches(request.getMethod()))) {
            answer(file.get(), isHead, request, response);
        } else if (file.isPresent()) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            String sentence = request.getMethod() + " is not allowed here; allowed: GET, HEAD";
            problems.write(
                    ProblemType.METHOD_NOT_ALLOWED.because(sentence).at(request.getRequestURI()),
                    response);
        } else {
            problems.write(
                    ProblemType.NOT_FOUND
                            .because(ProblemType.NOT_FOUND_SENTENCE)
                            .at(request.getRequestURI()),
                    response);
        }
    }

    private static void answer(
            PageFile file, boolean isHead, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (new ServletWebRequest(request, response).checkNotModified(file.etag())) {
            return;
        }
        response.setContentType(file.type());
        response.setContentLength(file.content().length);
        if (!isHead) {
            response.getOutputStream().write(file.content());
        }
    }
}
