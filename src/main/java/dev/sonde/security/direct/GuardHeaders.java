package dev.sonde.security.direct;

import dev.sonde.web.ConstantHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.security.web.header.HeaderWriter;

/// The headers of every answer that protect a browser from its content. They are Spring Security's
/// usual ones, with a policy of content, referrer and permissions.
public final class GuardHeaders implements HeaderWriter {

    /// Swagger UI sets styles in its elements; drawings have theirs inside.
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final List<Map.Entry<String, String>> HEADERS =
            List.of(
                    Map.entry("X-Content-Type-Options", "nosniff"),
                    Map.entry("X-XSS-Protection", "0"),
                    Map.entry("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
                    Map.entry("Pragma", "no-cache"),
                    Map.entry("Expires", "0"),
                    Map.entry("X-Frame-Options", "DENY"),
                    Map.entry("Content-Security-Policy", CONTENT_POLICY),
                    Map.entry("Referrer-Policy", "no-referrer"),
                    Map.entry("Permissions-Policy", "camera=(), geolocation=(), microphone=()"));

    private final ConstantHeaders headers = new ConstantHeaders(HEADERS);

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        headers.set(request, response);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
        }
    }
}
