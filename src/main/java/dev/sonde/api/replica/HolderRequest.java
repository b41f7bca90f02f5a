package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.WholeRequest;
import dev.sonde.security.forwarded.ForwardedCaller;
import dev.sonde.web.CallerPath;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A request as another replica gets it: the caller's, without its token.
final class HolderRequest {

    /// The replica that took the request, in the request to the holder.
    static final String FORWARDED_BY = "Sonde-Forwarded";

    /// Sent by a caller that prefers 421 to a forwarded request.
    static final String NO_FORWARD = "Sonde-No-Forward";

    /// Headers that are passed on. The token is not.
    private static final List<String> REQUEST_HEADERS =
            List.of("Content-Type", "If-Match", "If-None-Match", "Last-Event-ID", "Sonde-Version");

    private final Replica self;

    /// @param self the replica that forwards it
    HolderRequest(Replica self) {
        this.self = self;
    }

    /// Reads the whole request of a caller.
    ForwardedCall of(HttpServletRequest request) throws IOException {
        Map<String, String> headers =
                headers(self, Objects.requireNonNullElse(request.getHeader("Accept"), "*/*"));
        for (String name : REQUEST_HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        String prefix = CallerPath.prefix(request);
        if (!prefix.isEmpty()) {
            headers.put(CallerPath.FORWARDED_PREFIX, prefix);
        }
        return new ForwardedCall(request.getMethod(), target(request), headers, body(request));
    }

    /// The body as it arrived. Its stream is read to the end, so that its memory is given back.
    private static ByteBuffer body(HttpServletRequest request) throws IOException {
        request.getInputStream().transferTo(OutputStream.nullOutputStream());
        return ByteBuffer.wrap(WholeRequest.body(request));
    }

    /// Path and query as the caller sent them, below the context path.
    static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return query == null ? path : path + "?" + query;
    }

    /// The headers of every request to another replica.
    ///
    /// @param self the replica that forwards it
    static Map<String, String> headers(Replica self, String accepted) {
        Map<String, String> headers = new LinkedHashMap<>(ForwardedCaller.headers());
        headers.put(FORWARDED_BY, self.name());
        headers.put("Accept", accepted);
        return headers;
    }
}
