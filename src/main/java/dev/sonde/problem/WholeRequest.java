package dev.sonde.problem;

import jakarta.servlet.http.HttpServletRequest;

/// The body of a request as it arrived, also after a controller has read it.
public final class WholeRequest {

    private static final String ATTRIBUTE = WholeRequest.class.getName();

    private WholeRequest() {}

    public static void keep(HttpServletRequest request, byte[] body) {
        request.setAttribute(ATTRIBUTE, body);
    }

    /// Empty for a request without a body, and for one that is read line by line.
    public static byte[] body(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
    }
}
