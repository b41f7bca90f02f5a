package dev.sonde.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node of a parsed text. A field of another type than the requested one is absent.
///
/// @param value a map, a list, a scalar or null
record Given(@Nullable Object value) {

    static Given of(@Nullable Object value) {
        return new Given(value);
    }

    Given at(String field) {
        return new Given(value instanceof Map<?, ?> map ? map.get(field) : null);
    }

    boolean has(String field) {
        return at(field).value() != null;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    /// The elements of a list; none where it is none.
    List<Given> each() {
        List<Given> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> elements.add(of(element)));
        }
        return elements;
    }

    /// The fields of a map in their order; none where it is none.
    Map<String, Given> fields() {
        Map<String, Given> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put(String.valueOf(key), of(field)));
        }
        return fields;
    }

    /// The text of a scalar; null where it is none.
    @Nullable String text() {
        return value == null || value instanceof Map<?, ?> || value instanceof List<?>
                ? null
                : value.toString();
    }

    String text(String field, String usual) {
        String text = at(field).text();
        return text == null || text.isEmpty() ? usual : text;
    }

    /// Whether a field says yes; Uptime Kuma writes 1 for it.
    boolean isTrue(String field) {
        String text = at(field).text();
        return "true".equals(text) || "1".equals(text);
    }

    boolean isFalse(String field) {
        String text = at(field).text();
        return "false".equals(text) || "0".equals(text);
    }

    int number(String field, int usual) {
        String text = at(field).text();
        return text != null && text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : usual;
    }
}
