package dev.sonde.web;

import jakarta.servlet.ServletRequest;

/// The mark of a request that another replica forwarded. Only the port for replicas sets it; no
/// header does.
public final class ForwardedRequest {

    private static final String ATTRIBUTE = ForwardedRequest.class.getName();
    private static final String BROKEN = ATTRIBUTE + ".broken";

    private ForwardedRequest() {}

    public static boolean is(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    static void mark(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    /// The answer ends without its end, because the holder was lost. The connection is closed, so
    /// that the caller sees it.
    public static void breakOff(ServletRequest request) {
        request.setAttribute(BROKEN, true);
    }

    static boolean isBroken(ServletRequest request) {
        return request.getAttribute(BROKEN) != null;
    }
}
