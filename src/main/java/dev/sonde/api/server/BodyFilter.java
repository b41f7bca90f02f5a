package dev.sonde.api.server;

import dev.sonde.api.definition.DefinitionController;
import dev.sonde.api.probe.BulkController;
import dev.sonde.definition.DefinitionProperties;
import dev.sonde.problem.BodyTooLargeException;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.ProblemWriter;
import dev.sonde.problem.WholeRequest;
import dev.sonde.web.ConnectionProperties;
import dev.sonde.web.HttpConnection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Waits for the body after the caller is known and before the request is processed. Half a body
/// therefore holds nothing but its bytes.
///
/// A body that is too long is refused. The refusal comes at once if the length is announced, else
/// when the body crosses the limit. A bulk request is read by its controller, line by line.
@Component
@Order(BodyFilter.AFTER_SECURITY)
final class BodyFilter extends OncePerRequestFilter {

    static final int AFTER_SECURITY = -50;

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ApiProperties properties;
    private final Duration timeout;
    private final Duration bulkTimeout;
    private final DefinitionProperties definitions;
    private final ProblemWriter problems;

    BodyFilter(
            ApiProperties properties,
            ConnectionProperties connections,
            DefinitionProperties definitions,
            ProblemWriter problems) {
        this.properties = properties;
        this.definitions = definitions;
        this.timeout = connections.bodyTimeout();
        this.bulkTimeout = connections.bulkBodyTimeout();
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WITHOUT_BODY.contains(request.getMethod())
                || (request.getContentLengthLong() <= 0
                        && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isBulk =
                request.getServletPath().equals(BulkController.PATH)
                        && hasType(request, MediaType.APPLICATION_NDJSON_VALUE);
        long limitBytes = limit(request, isBulk).toBytes();
        if (request.getContentLengthLong() > limitBytes) {
            write(tooLarge(new BodyTooLargeException(limitBytes)), request, response);
            return;
        }
        HttpConnection connection = HttpConnection.of(request).orElse(null);
        if (connection != null) {
            connection.awaitBody(isBulk ? bulkTimeout : timeout);
        }
        IncomingBody body = new IncomingBody(request.getInputStream(), limitBytes, connection);
        if (isBulk || hasType(request, FORM)) {
            chain.doFilter(new BodyRequest(request, body), response);
            return;
        }
        byte[] whole = read(body, request, response);
        if (whole != null) {
            WholeRequest.keep(request, whole);
            chain.doFilter(new BodyRequest(request, new WholeBody(whole, connection)), response);
        }
    }

    private DataSize limit(HttpServletRequest request, boolean isBulk) {
        if (isBulk) {
            return properties.maxBulkBody();
        }
        return request.getServletPath().startsWith(DefinitionController.PATH)
                ? definitions.maxSize()
                : properties.maxBody();
    }

    /// Null where the request was answered instead. The server itself answers a peer that is too
    /// slow; one that is gone needs no answer.
    private byte @Nullable [] read(
            IncomingBody body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return body.readWhole(request.getContentLengthLong());
        } catch (BodyTooLargeException e) {
            write(tooLarge(e), request, response);
        } catch (BodyMemoryException _) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            write(
                    ProblemType.OVERLOADED.because(
                            "the memory for request bodies is full"
                                    + " (sonde.api.connections.body-memory)"),
                    request,
                    response);
        } catch (ClientAbortException e) {
            logger.debug("a body did not arrive", e);
        }
        return null;
    }

    private static boolean hasType(HttpServletRequest request, String wanted) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, wanted, 0, wanted.length());
    }

    private static ProblemDocument tooLarge(BodyTooLargeException e) {
        return ProblemType.BODY_TOO_LARGE.because(e.sentence());
    }

    private void write(
            ProblemDocument problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(problem.at(request.getRequestURI()), response);
    }
}
