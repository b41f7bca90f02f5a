package dev.sonde.api.body;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// JSON in requests and answers. A body with an unknown field is read a second time as a tree. The
/// answer then names all unknown fields.
final class JsonBody extends JacksonJsonHttpMessageConverter {

    /// A longer body names its first unknown field only.
    private static final int MOST_REREAD_BYTES = 1 << 20;

    private final BodyReader reader;

    JsonBody(JsonMapper mapper, BodyReader reader) {
        super(mapper);
        this.reader = reader;
    }

    @Override
    public Object read(
            ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        BufferedInputStream body = new BufferedInputStream(message.getBody());
        body.mark(MOST_REREAD_BYTES);
        HttpInputMessage first = new Marked(message.getHeaders(), body);
        try {
            return super.read(type, first, hints);
        } catch (HttpMessageNotReadableException e) {
            if (!(e.getCause() instanceof UnrecognizedPropertyException)) {
                throw e;
            }
            return again(type, first, e);
        }
    }

    private Object again(
            ResolvableType type, HttpInputMessage message, HttpMessageNotReadableException before)
            throws IOException {
        try {
            message.getBody().reset();
        } catch (IOException _) {
            // More was read than can be read again.
            throw before;
        }
        try {
            return reader.read(
                    getMapper().readTree(message.getBody()),
                    getMapper().constructType(type.getType()),
                    SentBack.isSentBack());
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("unreadable", e, message);
        }
    }

    private record Marked(HttpHeaders getHeaders, InputStream getBody)
            implements HttpInputMessage {}
}
