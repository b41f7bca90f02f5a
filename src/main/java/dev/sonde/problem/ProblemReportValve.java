package dev.sonde.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's own error report, as a problem document instead of an HTML page. It serves requests
/// that never reach the application, such as a path that cannot be decoded.
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final int FIRST_ERROR = 400;

    /// Escapes that the server accepts in no path.
    private static final Pattern REFUSED_ESCAPE =
            Pattern.compile("%(2f|5c|[01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    private final ProblemWriter writer;

    public ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = faultOf(response.getStatus());
        if (status < FIRST_ERROR
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        ProblemType type = ProblemType.of(status);
        try {
            String path = request.getRequestURI();
            writer.write(problem(type, status, path).at(path), response.getResponse());
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone, or the connection is no longer fit to write to.
            log.atDebug()
                    .addKeyValue("status", status)
                    .setCause(e)
                    .log("a problem document could not be sent");
        }
    }

    private static ProblemDocument problem(ProblemType type, int status, @Nullable String path) {
        return type == ProblemType.MALFORMED_REQUEST
                        && path != null
                        && REFUSED_ESCAPE.matcher(path).find()
                ? type.because(
                        "the path has an encoded slash, backslash or control character; no name"
                                + " has one")
                : type.because(status);
    }

    /// The status to report: an unknown version or coding is the caller's fault, where the server
    /// itself answers 501 or 505.
    private static int faultOf(int status) {
        return switch (status) {
            case HttpServletResponse.SC_NOT_IMPLEMENTED,
                    HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
                    HttpServletResponse.SC_BAD_REQUEST;
            default -> status;
        };
    }
}
