package dev.sonde.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Notes at a connection that its request's header is whole, and that the answer is given.
final class RequestValve extends ValveBase {

    /// Time for the rest of an unread body, after the answer.
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// Methods whose body nobody reads.
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final int FIRST_ERROR = 400;

    RequestValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // One that cannot be read is refused already, and its connection closed.
        if (response.getStatus() >= FIRST_ERROR
                || !(request.getCoyoteRequest().getNote(WatchedProcessor.NOTE)
                        instanceof WatchedSocket socket)) {
            getNext().invoke(request, response);
            return;
        }
        HttpConnection connection = socket.connection();
        Connections connections = connection.connections();
        boolean hasBody = hasBody(request);
        if (!hasBody || WITHOUT_BODY.contains(request.getMethod())) {
            connections.serve(connection);
        }
        request.setAttribute(HttpConnection.ATTRIBUTE, connection);
        connection.lendTo(null);
        connection.answerWith(response.getCoyoteResponse().getMimeHeaders());
        try {
            getNext().invoke(request, response);
        } finally {
            connection.answerWith(null);
            connections.rest(connection);
            if (hasBody) {
                socket.setReadTimeout(LINGER.toMillis());
            }
        }
    }

    private static boolean hasBody(Request request) {
        return request.getContentLengthLong() > 0
                || request.getCoyoteRequest().getMimeHeaders().getHeader("transfer-encoding")
                        != null;
    }
}
