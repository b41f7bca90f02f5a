package dev.sonde.cli.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// A behaviour as the command line has it.
///
/// @param text a type, or an object of JSON
/// @param fields further fields, by name
record WrittenBehaviour(String text, Map<String, String> fields) {

    /// The behaviour as a request has it.
    Map<?, ?> read() {
        Map<String, Object> read = new LinkedHashMap<>();
        if (text.startsWith("{")) {
            Map<?, ?> given = Json.read(text, Map.class);
            given.forEach(
                    (key, value) -> read.put(String.valueOf(key), Objects.requireNonNull(value)));
        } else {
            read.put("type", text);
        }
        fields.forEach((key, value) -> read.put(key, value(value)));
        return read;
    }

    /// A number, a boolean, a list or an object of JSON; anything else is text.
    private static Object value(String text) {
        if (text.matches("-?\\d{1,18}|true|false")
                || text.startsWith("[")
                || text.startsWith("{")) {
            return Json.read(text, Object.class);
        }
        return Escapes.read(text);
    }
}
