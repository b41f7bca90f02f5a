package dev.sonde.dialogue;

/// Received bytes as one line of readable text.
public final class ByteText {

    private static final int LONGEST = 80;

    private ByteText() {}

    /// The first 80, in quotes; whatever is not printable ASCII is escaped.
    public static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder().append('"');
        for (int i = 0; i < bytes.length && i < LONGEST; i++) {
            append(text, bytes[i] & 0xFF);
        }
        return text.append(bytes.length > LONGEST ? "\"..." : "\"").toString();
    }

    private static void append(StringBuilder text, int octet) {
        switch (octet) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '"', '\\' -> text.append('\\').append((char) octet);
            default -> {
                if (octet >= ' ' && octet < 0x7F) {
                    text.append((char) octet);
                } else {
                    text.append("\\x%02x".formatted(octet));
                }
            }
        }
    }
}
