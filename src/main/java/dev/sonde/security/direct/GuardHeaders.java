package dev.sonde.security.direct;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/// The headers of every answer that protect a browser from its content. They are Spring Security's
/// usual ones, with a policy of content, referrer and permissions.
public final class GuardHeaders implements HeaderWriter {

    /// Swagger UI sets styles in its elements; drawings have theirs inside.
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final String[][] HEADERS = {
        {"X-Content-Type-Options", "nosniff"},
        {"X-XSS-Protection", "0"},
        {"Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"},
        {"Pragma", "no-cache"},
        {"Expires", "0"},
        {"X-Frame-Options", "DENY"},
        {"Content-Security-Policy", CONTENT_POLICY},
        {"Referrer-Policy", "no-referrer"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}
    };

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
        }
        for (String[] header : HEADERS) {
            response.setHeader(header[0], header[1]);
        }
    }
}
