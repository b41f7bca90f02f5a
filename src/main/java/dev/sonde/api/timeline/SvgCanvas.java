package dev.sonde.api.timeline;

import org.springframework.web.util.HtmlUtils;

/// An SVG document of texts, lifelines and arrows, readable in light and in dark. For one thread.
final class SvgCanvas {

    private static final String STYLE =
            """
            <style>
              :root { color-scheme: light dark }
              .paper { fill: #ffffff } .ink { fill: #1c2430 } .quiet { fill: #5d6b7e }
              .life { stroke: #b8c2cf; stroke-dasharray: 3 5 } .arrow { stroke: #1f5fbf }
              .head { fill: #1f5fbf } .lost { stroke: #b3261e } .lost-text { fill: #b3261e }
              text { font: 13px system-ui, sans-serif } .name { font-weight: 600 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #14181f } .ink { fill: #e6ebf2 } .quiet { fill: #9aa7b8 }
                .life { stroke: #3d4856 } .arrow { stroke: #7db1ff } .head { fill: #7db1ff }
                .lost { stroke: #ff8a80 } .lost-text { fill: #ff8a80 }
              }
            </style>
            <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8"
              markerHeight="8" orient="auto-start-reverse"><path class="head" d="M0 0 8 4 0 8z"/>
            </marker></defs>
            """;

    private final StringBuilder svg = new StringBuilder();

    /// @param title for a reader that does not see the drawing
    void begin(int width, int height, String title) {
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                role="img">
                """
                        .formatted(width, height, width, height));
        svg.append("<title>").append(escape(title)).append("</title>\n");
        svg.append(STYLE);
        svg.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    }

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

    /// @param isLost whether it never arrives
    void arrow(int from, int to, int y, boolean isLost) {
        svg.append(
                "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"%s/>\n"
                        .formatted(
                                isLost ? "lost" : "arrow",
                                from,
                                y,
                                to,
                                y,
                                isLost ? "" : " marker-end=\"url(#tip)\""));
    }

    /// The whole document.
    String end() {
        return svg.append("</svg>\n").toString();
    }

    private static String escape(String words) {
        return HtmlUtils.htmlEscape(words, "UTF-8");
    }
}
