package dev.sonde.log;

/// A caller's text, escaped for one line of a log. No character of it ends the line or a quoted
/// value, or moves a terminal's cursor.
final class LogText {

    private LogText() {}

    /// Escapes quotes, backslashes, and control and format characters as JSON does.
    static String escaped(String text) {
        return escape(text, true);
    }

    /// Escapes control and format characters, except line ends and tabs of a text of several lines.
    static String withoutControls(String text) {
        return escape(text, false);
    }

    private static String escape(String text, boolean isValue) {
        int first = 0;
        while (first < text.length() && !isUnfit(text.charAt(first), isValue)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            append(escaped, text.charAt(i), isValue);
        }
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, char c, boolean isValue) {
        if (!isUnfit(c, isValue)) {
            escaped.append(c);
            return;
        }
        switch (c) {
            case '"', '\\' -> escaped.append('\\').append(c);
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append("\\u%04x".formatted((int) c));
        }
    }

    private static boolean isUnfit(char c, boolean isValue) {
        return switch (c) {
            case '"', '\\', '\n', '\r', '\t' -> isValue;
            default ->
                    switch (Character.getType(c)) {
                        case Character.CONTROL,
                                Character.FORMAT,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR ->
                                true;
                        default -> false;
                    };
        };
    }
}
