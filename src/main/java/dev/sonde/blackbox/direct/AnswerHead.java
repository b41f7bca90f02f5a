package dev.sonde.blackbox.direct;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.tomcat.util.http.FastHttpDateFormat;
import org.jspecify.annotations.Nullable;

/// The head of the answers on one connection: the headers of an answer that the server gave.
/// Immutable.
final class AnswerHead {

    /// Headers that each answer has of its own.
    private static final Set<String> OF_EACH = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private static final Set<String> OF_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private static final String ENCODING = "Content-Encoding";

    static {
        Collections.addAll(OF_EACH, "Content-Length", "Content-Type", "Date");
        Collections.addAll(OF_CONNECTION, "Connection", "Keep-Alive", "Transfer-Encoding");
    }

    private final byte[] begin;
    private final boolean isZipped;

    private AnswerHead(String begin, boolean isZipped) {
        this.begin = begin.getBytes(StandardCharsets.ISO_8859_1);
        this.isZipped = isZipped;
    }

    /// The head of an answer.
    ///
    /// @param response to a request of the same headers
    /// @return null where another answer may have another form
    static @Nullable AnswerHead of(HttpServletResponse response) {
        if (response.getStatus() != HttpServletResponse.SC_OK) {
            return null;
        }
        StringBuilder begin = new StringBuilder("HTTP/1.1 200 \r\n");
        for (String name : new LinkedHashSet<>(response.getHeaderNames())) {
            if (OF_CONNECTION.contains(name)) {
                return null;
            }
            if (!OF_EACH.contains(name)) {
                response.getHeaders(name).forEach(value -> add(begin, name, value));
            }
        }
        add(begin, "Content-Type", response.getContentType());
        return new AnswerHead(begin.toString(), response.getHeader(ENCODING) != null);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// The whole answer.
    ///
    /// @param zip of this thread
    ByteBuffer with(byte[] text, Gzip zip) {
        byte[] body = isZipped ? zip.of(text) : text;
        byte[] rest =
                ("Content-Length: "
                                + body.length
                                + "\r\nDate: "
                                + FastHttpDateFormat.getCurrentDate()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(begin.length + rest.length + body.length)
                .put(begin)
                .put(rest)
                .put(body)
                .flip();
    }
}
