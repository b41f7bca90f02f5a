package dev.sonde.blackbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Lets the handler of `/probe` see that its caller has gone. A servlet learns this only from a
/// write, and a running probe has nothing to write.
final class CallerValve extends ValveBase {

    private static final String ATTRIBUTE = CallerValve.class.getName();

    CallerValve() {
        super(true);
    }

    /// Whether the request's caller has closed its connection. Called on the request's own thread.
    static BooleanSupplier goneOf(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier gone ? gone : () -> false;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // Absent where the request line could not be read.
        String path = request.getRequestURI();
        if (path != null && path.endsWith("/probe")) {
            BooleanSupplier gone = () -> isGone(request.getCoyoteRequest());
            request.setAttribute(ATTRIBUTE, gone);
        }
        getNext().invoke(request, response);
    }

    /// The server reads without waiting, and reports an end of stream as readable. A GET has no
    /// body, so readable can mean nothing else.
    private static boolean isGone(org.apache.coyote.Request request) {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable() > 0;
    }
}
