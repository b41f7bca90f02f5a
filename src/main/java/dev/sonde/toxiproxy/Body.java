package dev.sonde.toxiproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object of a request: its keys are read in any case, unknown ones are ignored.
record Body(JsonNode node) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @throws ToxiproxyException where it is no JSON
    static JsonNode read(byte[] bytes) {
        try {
            JsonNode read = JSON.readTree(bytes);
            if (read == null || read.isMissingNode()) {
                throw ToxiproxyException.badBody("EOF");
            }
            return read;
        } catch (JacksonException e) {
            String text = String.valueOf(e.getOriginalMessage());
            throw ToxiproxyException.badBody(
                    text.startsWith("Unexpected end")
                            ? "unexpected EOF"
                            : "not valid JSON" + at(e));
        }
    }

    private static String at(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null
                ? ""
                : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    /// @throws ToxiproxyException where it is no object
    static Body object(JsonNode node) {
        if (!node.isObject()) {
            throw ToxiproxyException.badBody("an object is expected");
        }
        return new Body(node);
    }

    /// @throws ToxiproxyException where it is no array of objects
    static List<Body> objects(JsonNode node) {
        if (!node.isArray()) {
            throw ToxiproxyException.badBody("an array is expected");
        }
        List<Body> bodies = new ArrayList<>();
        node.forEach(each -> bodies.add(object(each)));
        return bodies;
    }

    private @Nullable JsonNode get(String key) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equalsIgnoreCase(key) && !field.getValue().isNull()) {
                return field.getValue();
            }
        }
        return null;
    }

    @Nullable String text(String key) {
        JsonNode found = get(key);
        if (found != null && !found.isString()) {
            throw wrong(key, "text");
        }
        return found == null || found.stringValue().isEmpty() ? null : found.stringValue();
    }

    @Nullable Boolean flag(String key) {
        JsonNode found = get(key);
        if (found != null && !found.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return found == null ? null : found.booleanValue();
    }

    double fraction(String key, double whenAbsent) {
        JsonNode found = get(key);
        if (found != null && !found.isNumber()) {
            throw wrong(key, "a number");
        }
        return found == null ? whenAbsent : found.doubleValue();
    }

    /// A number, which is at least 0.
    long number(String key, long whenAbsent) {
        JsonNode found = get(key);
        if (found == null) {
            return whenAbsent;
        }
        if (!found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() < 0) {
            throw wrong(key, "a whole number of at least 0");
        }
        return found.longValue();
    }

    @Nullable Body child(String key) {
        JsonNode found = get(key);
        return found == null ? null : object(found);
    }

    List<Body> children(String key) {
        JsonNode found = get(key);
        return found == null ? List.of() : objects(found);
    }

    private static ToxiproxyException wrong(String key, String expected) {
        return ToxiproxyException.badBody(
                "field " + Objects.requireNonNull(key, "a key") + ": expected " + expected);
    }
}
