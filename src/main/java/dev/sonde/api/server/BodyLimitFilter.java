package dev.sonde.api.server;

import dev.sonde.api.probe.BulkController;
import dev.sonde.problem.BodyTooLargeException;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are too long: at once where their length is announced, else where they cross
/// the limit while they are read.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long usualLimitBytes;
    private final long bulkLimitBytes;
    private final ProblemWriter problems;

    BodyLimitFilter(ApiProperties properties, ProblemWriter problems) {
        this.usualLimitBytes = properties.maxBody().toBytes();
        this.bulkLimitBytes = properties.maxBulkBody().toBytes();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Only lines are read one by one.
        boolean isBulk =
                request.getRequestURI().equals(BulkController.PATH)
                        && String.valueOf(request.getContentType())
                                .startsWith(MediaType.APPLICATION_NDJSON_VALUE);
        long limitBytes = isBulk ? bulkLimitBytes : usualLimitBytes;
        if (request.getContentLengthLong() > limitBytes) {
            String detail = new BodyTooLargeException(limitBytes).sentence();
            problems.write(
                    ProblemType.BODY_TOO_LARGE.because(detail).at(request.getRequestURI()),
                    response);
            return;
        }
        chain.doFilter(new LimitedRequest(request, limitBytes), response);
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private final long limitBytes;

        LimitedRequest(HttpServletRequest request, long limitBytes) {
            super(request);
            this.limitBytes = limitBytes;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedBody(super.getInputStream(), limitBytes);
        }
    }
}
