package dev.sonde.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.MimeHeaders;

/// Headers that many answers have, kept as the bytes that are sent. The server would encode each of
/// them again for each answer. Immutable.
public final class ConstantHeaders {

    @SuppressWarnings("ArrayRecordComponent")
    private record Header(String name, String value, byte[] nameBytes, byte[] valueBytes) {}

    private final List<Header> headers;

    /// @param headers in their order, in ISO 8859-1 without control characters
    public ConstantHeaders(List<Map.Entry<String, String>> headers) {
        this.headers = headers.stream().map(ConstantHeaders::header).toList();
    }

    private static Header header(Map.Entry<String, String> header) {
        return new Header(
                header.getKey(),
                header.getValue(),
                header.getKey().getBytes(StandardCharsets.ISO_8859_1),
                header.getValue().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sets the headers of an answer.
    public void set(HttpServletRequest request, HttpServletResponse response) {
        MimeHeaders raw =
                HttpConnection.of(request).map(HttpConnection::headersOfAnswer).orElse(null);
        if (raw == null || raw.size() > 0) {
            headers.forEach(header -> response.setHeader(header.name(), header.value()));
            return;
        }
        for (Header header : headers) {
            byte[] value = header.valueBytes();
            raw.addValue(header.nameBytes(), 0, header.nameBytes().length)
                    .setBytes(value, 0, value.length);
        }
    }
}
