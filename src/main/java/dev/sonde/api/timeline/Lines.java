package dev.sonde.api.timeline;

import java.util.ArrayList;
import java.util.List;

/// Text of a fixed-width font, broken into lines that fit.
final class Lines {

    /// The height of a line, in pixels.
    static final int HEIGHT = 16;

    /// The size of the text, in pixels.
    static final int SIZE = 12;

    /// The widest advance of the fonts that the style sheet names, as a part of the size.
    private static final double ADVANCE = 0.605;

    private static final int WIDE_FROM = 0x1100;

    private Lines() {}

    /// The width in pixels.
    static int width(String text) {
        return (int) Math.ceil(columns(text) * ADVANCE * SIZE);
    }

    /// A character outside of the Latin scripts may take two columns.
    private static int columns(String text) {
        return text.codePoints().map(Lines::columns).sum();
    }

    private static int columns(int codePoint) {
        return codePoint >= WIDE_FROM && !(codePoint >= 0x2010 && codePoint <= 0x2027) ? 2 : 1;
    }

    /// Breaks a text at spaces, and inside of words that are longer than a line.
    ///
    /// @param width of a line in pixels
    static List<String> of(String text, int width) {
        int most = Math.max(1, (int) (width / (ADVANCE * SIZE)));
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && columns(line.toString()) + 1 + columns(word) > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (columns(line.toString()) > most) {
                int end = fitting(line, most);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /// The place where a word that is too long is broken.
    private static int fitting(StringBuilder line, int most) {
        int end = 0;
        int columns = 0;
        while (end < line.length()) {
            int codePoint = line.codePointAt(end);
            columns += columns(codePoint);
            if (columns > most && end > 0) {
                return end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }
}
