package dev.sonde.api.timeline;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/// A text of an SVG drawing with the box that it takes: twelve pixels of a fixed-width font.
public record DrawnText(String words, double left, double right, double top, double bottom) {

    private static final Pattern TEXT =
            Pattern.compile(
                    "<text class=\"[^\"]*\" x=\"(\\d+)\" y=\"(\\d+)\" text-anchor=\"(\\w+)\">([^<]*)");
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    /// All texts of a drawing, in their order.
    public static List<DrawnText> of(String svg) {
        return TEXT.matcher(svg).results().map(DrawnText::of).toList();
    }

    /// What is wrong with the places of a drawing's texts; empty where nothing is.
    public static List<String> faults(String svg) {
        List<DrawnText> all = of(svg);
        MatchResult size = SIZE.matcher(svg).results().findFirst().orElseThrow();
        double width = Double.parseDouble(size.group(1));
        double height = Double.parseDouble(size.group(2));
        return all.stream()
                .filter(
                        one ->
                                one.left < 0
                                        || one.right > width
                                        || one.bottom > height
                                        || all.stream().anyMatch(one::overlaps))
                .map(DrawnText::words)
                .toList();
    }

    private static DrawnText of(MatchResult text) {
        String words = HtmlUtils.htmlUnescape(text.group(4));
        double width = words.codePointCount(0, words.length()) * 12 * 0.602;
        double x = Double.parseDouble(text.group(1));
        double y = Double.parseDouble(text.group(2));
        double left =
                switch (text.group(3)) {
                    case "end" -> x - width;
                    case "middle" -> x - width / 2;
                    default -> x;
                };
        return new DrawnText(words, left, left + width, y - 11, y + 3);
    }

    private boolean overlaps(DrawnText other) {
        return !equals(other)
                && left < other.right
                && other.left < right
                && top < other.bottom
                && other.top < bottom;
    }
}
