package dev.sonde.probe;

/// The start of a text that somebody sent, short enough to be repeated in an answer or a log line.
public final class Excerpt {

    private static final int LONGEST = 80;

    private Excerpt() {}

    /// At most 80 characters, control characters replaced, with an ellipsis where something was
    /// cut.
    public static String of(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return start.replaceAll("\\p{Cntrl}", "�");
    }
}
