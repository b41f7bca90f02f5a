package dev.sonde.api.settings;

import dev.sonde.api.problem.InvalidFields;
import dev.sonde.dialogue.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bytes to be sent, in requests and answers: text, or an object with `base64`.
public final class BytesBody {

    private BytesBody() {}

    public static Object of(Payload payload) {
        return payload.isBase64() ? Map.of("base64", payload.text()) : payload.text();
    }

    public static @Nullable Payload read(
            String path, @Nullable Object given, InvalidFields invalid) {
        if (given == null) {
            return null;
        }
        if (given instanceof String text) {
            return invalid.read(path, text, Payload::text);
        }
        if (given instanceof Map<?, ?> map
                && map.size() == 1
                && map.get("base64") instanceof String base64) {
            return invalid.read(path + ".base64", base64, bytes -> new Payload(bytes, true));
        }
        invalid.add(path, null, "text, or {\"base64\": \"...\"}");
        return null;
    }
}
