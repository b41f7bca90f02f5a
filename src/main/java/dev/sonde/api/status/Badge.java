package dev.sonde.api.status;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.util.DigestUtils;
import org.springframework.web.util.HtmlUtils;

/// A small drawing with a label and a value.
///
/// The colours differ without red and green. Each has a contrast of at least 4.5 to the white text.
/// The value is always a word or a number.
///
/// @param label the left part
/// @param value the right part
/// @param colour of the right part
record Badge(String label, String value, String colour) {

    static final String GOOD = "#0067a5";
    static final String POOR = "#8a6100";
    static final String BAD = "#b43a00";
    static final String NEUTRAL = "#5a5a5a";

    private static final Map<String, String> STATES =
            Map.of("up", GOOD, "degraded", POOR, "down", BAD, "maintenance", "#7a4b8a");

    private static final int PADDING = 6;

    static Badge ofState(String probe, String state) {
        return new Badge(probe, state, STATES.getOrDefault(state, NEUTRAL));
    }

    /// An entity tag (RFC 9110, section 8.8.3) that changes with the drawing.
    String tag() {
        byte[] text = (label + '\n' + value + '\n' + colour).getBytes(StandardCharsets.UTF_8);
        return '"' + DigestUtils.md5DigestAsHex(text) + '"';
    }

    String svg() {
        int left = width(label) + 2 * PADDING;
        int right = width(value) + 2 * PADDING;
        String name = HtmlUtils.htmlEscape(label + ": " + value, "UTF-8");
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s">\
        <title>%s</title>\
        <rect width="%d" height="20" rx="3" fill="#3b3b3b"/>\
        <path d="M%d 0h%da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%dz" fill="%s"/>\
        <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">%s%s</g></svg>
        """
                .formatted(
                        left + right,
                        name,
                        name,
                        left + right,
                        left,
                        right - 3,
                        right - 3,
                        colour,
                        text(label, PADDING),
                        text(value, left + PADDING));
    }

    /// The text is stretched to the reckoned width, so it fits in every font.
    private static String text(String text, int x) {
        return "<text x=\"%d\" y=\"14\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>"
                .formatted(x, width(text), HtmlUtils.htmlEscape(text, "UTF-8"));
    }

    /// The width in pixels of a text in Verdana at 11 px, by classes of letters.
    private static int width(String text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            width += "il.,:;'|j ".indexOf(each) >= 0 ? 3.8 : "mwMW%".indexOf(each) >= 0 ? 10.5 : 7;
        }
        return (int) Math.ceil(width);
    }
}
