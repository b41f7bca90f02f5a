package dev.sonde.blackbox.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The head of a plain request, by which a further one of the same caller is known: every byte
/// after its query is the same. Immutable.
final class RepeatedHead {

    /// Headers that change how the connection continues.
    private static final Set<String> OF_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        Collections.addAll(OF_CONNECTION, "Connection", "HTTP2-Settings", "Upgrade");
    }

    private static final int SPACE = ' ';

    private final byte[] begin;
    private final byte[] end;

    private RepeatedHead(String begin, String end) {
        this.begin = begin.getBytes(StandardCharsets.ISO_8859_1);
        this.end = end.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The head of a request.
    ///
    /// @param request a plain one, which was answered
    /// @return null where the connection may end with the request or change its protocol
    static @Nullable RepeatedHead of(HttpServletRequest request, String path) {
        if (!"HTTP/1.1".equals(request.getProtocol())) {
            return null;
        }
        StringBuilder end = new StringBuilder(" HTTP/1.1\r\n");
        for (String name : Collections.list(request.getHeaderNames())) {
            if (OF_CONNECTION.contains(name)) {
                return null;
            }
            end.append(name).append(": ").append(request.getHeader(name)).append("\r\n");
        }
        return new RepeatedHead("GET " + path + "?", end.append("\r\n").toString());
    }

    /// The query of a whole request that equals the first in everything else.
    ///
    /// @return null for any other
    @Nullable String queryOf(byte[] request) {
        int to = request.length - end.length;
        if (to <= begin.length
                || !Arrays.equals(request, 0, begin.length, begin, 0, begin.length)
                || !Arrays.equals(request, to, request.length, end, 0, end.length)) {
            return null;
        }
        for (int i = begin.length; i < to; i++) {
            if (request[i] <= SPACE) {
                return null;
            }
        }
        return new String(request, begin.length, to - begin.length, StandardCharsets.ISO_8859_1);
    }
}
