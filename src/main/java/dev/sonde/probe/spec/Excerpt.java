package dev.sonde.probe.spec;

import java.util.regex.Pattern;

/// The start of a received text, short enough for an answer or a log line.
public final class Excerpt {

    private static final int LONGEST = 80;

    /// Control and format characters, line and paragraph separators, and halves of a character.
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Excerpt() {}

    /// At most 80 characters, with an ellipsis where something was cut. Characters that break a
    /// line, move the cursor, hide or turn the text are replaced.
    public static String of(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return UNFIT.matcher(start).replaceAll("�");
    }

    /// The same in double quotes, which nothing in it can end.
    public static String quoted(String text) {
        return "\"" + of(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
