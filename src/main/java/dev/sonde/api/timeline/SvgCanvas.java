package dev.sonde.api.timeline;

import org.springframework.web.util.HtmlUtils;

/// An SVG document of texts, lifelines and arrows, readable in light and in dark. For one thread.
final class SvgCanvas {

    private static final String STYLE =
            """
            <style>
              :root { color-scheme: light dark }
              .paper { fill: #ffffff } .ink { fill: #1c2430 } .quiet { fill: #566375 }
              .good { fill: #0b6b3a } .bad { fill: #b3261e }
              .life { stroke: #b8c2cf; stroke-dasharray: 3 5 } .arrow { stroke: #1f5fbf }
              .head { fill: #1f5fbf } .lost { stroke: #b3261e } .lost-head { fill: #b3261e }
              text { font: 12px "DejaVu Sans Mono", ui-monospace, Menlo, Consolas, monospace;
                white-space: pre; paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
              .name { font-weight: 600 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #14181f } .ink { fill: #e6ebf2 } .quiet { fill: #9aa7b8 }
                .good { fill: #6fd39b } .bad { fill: #ff8a80 }
                .life { stroke: #3d4856 } .arrow { stroke: #7db1ff } .head { fill: #7db1ff }
                .lost { stroke: #ff8a80 } .lost-head { fill: #ff8a80 }
                text { stroke: #14181f }
              }
            </style>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"
              markerHeight="8" orient="auto-start-reverse"><path class="head" d="M0 0 8 4 0 8z"/>
            </marker><marker id="bad-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"
              markerHeight="8" orient="auto-start-reverse"><path class="lost-head"
              d="M0 0 8 4 0 8z"/></marker><marker id="cross" viewBox="0 0 10 10" refX="5" refY="5"
              markerWidth="10" markerHeight="10"><path class="lost" d="M1 1 9 9M9 1 1 9"
              stroke-width="2"/></marker></defs>
            """;

    private final StringBuilder svg = new StringBuilder();

    /// @param anchor `start`, `middle` or `end`
    void text(String style, int x, int y, String anchor, String words) {
        svg.append(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(style, x, y, anchor, escape(words)));
    }

    void lifeline(int x, int top, int bottom) {
        svg.append(
                "<line class=\"life\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
                        .formatted(x, top, x, bottom));
    }

    void arrow(int from, int to, int y, DiagramStep.Fate fate) {
        String tip =
                switch (fate) {
                    case ARRIVES -> "tip";
                    case HARMS -> "bad-tip";
                    case IS_LOST -> "cross";
                };
        svg.append(
                "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" marker-end=\"url(#%s)\"/>\n"
                        .formatted(
                                fate == DiagramStep.Fate.ARRIVES ? "arrow" : "lost",
                                from,
                                y,
                                to,
                                y,
                                tip));
    }

    void dot(int x, int y, DiagramStep.Fate fate) {
        svg.append(
                "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"3\"/>\n"
                        .formatted(fate == DiagramStep.Fate.ARRIVES ? "head" : "lost-head", x, y));
    }

    /// The whole document.
    ///
    /// @param title for a reader that does not see the drawing
    String document(int width, int height, String title) {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
        role="img"><title>%s</title>
        """
                        .formatted(width, height, width, height, escape(title))
                + STYLE
                + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
                + svg
                + "</svg>\n";
    }

    /// XML knows no control characters.
    private static String escape(String words) {
        StringBuilder known = new StringBuilder(words.length());
        words.codePoints()
                .map(each -> Character.isISOControl(each) || !isXml(each) ? '\uFFFD' : each)
                .forEach(known::appendCodePoint);
        return HtmlUtils.htmlEscape(known.toString(), "UTF-8");
    }

    private static boolean isXml(int codePoint) {
        return codePoint <= 0xD7FF
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }
}
