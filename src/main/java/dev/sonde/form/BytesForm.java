package dev.sonde.form;

import dev.sonde.dialogue.Payload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bytes to be sent, in requests and answers: text, or an object with `base64`.
public final class BytesForm {

    /// The form of bytes that are no text; used only by the OpenAPI document.
    @Schema(name = "Base64", description = "Bytes that are no text")
    public record Base64(
            @Schema(
                            description = "RFC 4648 section 4",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "AAEC/w==")
                    String base64) {}

    /// The mark of bytes that the caller may not see; used only by the OpenAPI document.
    @Schema(
            name = "Hidden",
            description = "In answers: bytes that are shown to who may change the definition")
    public record Hidden(
            @Schema(
                            description = "Always true",
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            example = "true")
                    boolean hidden) {}

    /// The text in the place of hidden bytes. It is refused where bytes are expected.
    public static final Map<String, Boolean> HIDDEN = Map.of("hidden", true);

    private BytesForm() {}

    public static Object of(Payload payload) {
        return payload.isBase64() ? Map.of("base64", payload.text()) : payload.text();
    }

    /// Bytes that are sent, where they are not shown.
    static @Nullable Object hidden(@Nullable Object sent) {
        return sent == null ? null : HIDDEN;
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
        if (HIDDEN.equals(given)) {
            invalid.add(
                    path,
                    null,
                    "the bytes themselves: hidden is only the mark of bytes that were not shown");
            return null;
        }
        invalid.add(path, given instanceof Map ? null : given, "text, or {\"base64\": \"...\"}");
        return null;
    }
}
