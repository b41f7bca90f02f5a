package dev.sonde.api.body;

import dev.sonde.form.YamlText;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractSmartHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// YAML in requests and answers. Fields and rules are those of the JSON form.
final class YamlBody extends AbstractSmartHttpMessageConverter<Object> {

    private final JsonMapper mapper;
    private final BodyReader reader;

    YamlBody(JsonMapper mapper, BodyReader reader) {
        super(MediaType.APPLICATION_YAML);
        this.mapper = mapper;
        this.reader = reader;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType media) {
        return canRead(media);
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType media) {
        return canWrite(media);
    }

    @Override
    public Object read(
            ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        String text = new String(message.getBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode tree = tree(text);
        JavaType wanted = mapper.constructType(type.getType());
        if (wanted.isTypeOrSubTypeOf(JsonNode.class)) {
            return tree;
        }
        try {
            return reader.read(tree, wanted, SentBack.isSentBack());
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException("unreadable", e, message);
        }
    }

    private JsonNode tree(String text) {
        try {
            return YamlText.tree(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.UNREADABLE_BODY, "the body " + e.getMessage());
        }
    }

    @Override
    protected void writeInternal(
            Object value,
            ResolvableType type,
            HttpOutputMessage message,
            @Nullable Map<String, Object> hints)
            throws IOException {
        Object tree = mapper.convertValue(value, Object.class);
        Writer out = new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8);
        YamlText.write(tree, out);
        out.flush();
    }
}
