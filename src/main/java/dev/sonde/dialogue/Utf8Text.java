package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes read as UTF-8 (RFC 3629), as RE2 reads them: each byte that belongs to no character is
/// U+FFFD by itself.
final class Utf8Text {

    private static final char UNKNOWN = '\uFFFD';

    private final byte[] bytes;
    private final String text;

    /// The begin of each `char` among the bytes; absent when each is one byte.
    private final int @Nullable [] offsets;

    private Utf8Text(byte[] bytes, String text, int @Nullable [] offsets) {
        this.bytes = bytes;
        this.text = text;
        this.offsets = offsets;
    }

    /// @param bytes not changed from now on
    static Utf8Text of(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return decoded(bytes);
            }
        }
        return new Utf8Text(bytes, new String(bytes, StandardCharsets.US_ASCII), null);
    }

    String text() {
        return text;
    }

    /// The bytes of a part of the text.
    byte[] bytes(int fromChar, int toChar) {
        return Arrays.copyOfRange(bytes, offset(fromChar), offset(toChar));
    }

    /// The begin of a `char` among the bytes.
    int offset(int atChar) {
        return offsets == null ? atChar : offsets[atChar];
    }

    private static Utf8Text decoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int[] offsets = new int[bytes.length + 1];
        int at = 0;
        while (at < bytes.length) {
            int length = characterLength(bytes, at);
            int from = text.length();
            if (length == 0) {
                text.append(UNKNOWN);
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
            }
            Arrays.fill(offsets, from, text.length(), at);
            at += Math.max(length, 1);
        }
        offsets[text.length()] = bytes.length;
        return new Utf8Text(bytes, text.toString(), offsets);
    }

    /// How many bytes the character takes that begins here; 0 where none does.
    private static int characterLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length < 2) {
            return length;
        }
        if (first > 0xF4 || at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        // No overlong form, no half of a pair, nothing beyond U+10FFFF.
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    @Override
    public String toString() {
        return text;
    }

    static String decode(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
