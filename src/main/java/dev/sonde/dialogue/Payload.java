package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Bytes to be sent, kept as they were written.
///
/// @param text the text, or the bytes in base64
/// @param isBase64 which of the two; text is sent as UTF-8
public record Payload(String text, boolean isBase64) {

    /// The most bytes of one payload.
    public static final int LONGEST_BYTES = 65_536;

    public Payload {
        byte[] bytes = bytes(text, isBase64);
        if (bytes.length == 0 || bytes.length > LONGEST_BYTES) {
            throw new IllegalArgumentException(
                    "1 to " + LONGEST_BYTES + " bytes, not " + bytes.length);
        }
    }

    public static Payload text(String text) {
        return new Payload(text, false);
    }

    /// The bytes, read-only.
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes(text, isBase64)).asReadOnlyBuffer();
    }

    /// Nothing of what it holds, which may be a secret.
    @Override
    public String toString() {
        return text.length() + (isBase64 ? " characters of base64" : " characters");
    }

    private static byte[] bytes(String text, boolean isBase64) {
        if (!isBase64) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not base64 (RFC 4648 section 4)", e);
        }
    }
}
