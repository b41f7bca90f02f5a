package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Party;
import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/// Draws a result's deciding attempt as a sequence diagram in SVG, readable in light and in dark.
///
/// Time goes down, one step a row; rows are not to scale, each says its time.
public final class TimelineDrawing {

    private static final int LEFT = 130;
    private static final int LANE = 210;
    private static final int TOP = 100;
    private static final int ROW = 34;
    private static final int RIGHT = 60;

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

    private TimelineDrawing() {}

    public static String of(ProbeResult result) {
        return new TimelineDrawing().draw(result, result.deciding());
    }

    private String draw(ProbeResult result, AttemptResult attempt) {
        List<Step> steps = TimelineSteps.of(attempt);
        List<Party> parties = parties(attempt);
        int width = LEFT + LANE * (parties.size() - 1) + RIGHT;
        int height = TOP + ROW * Math.max(1, steps.size()) + 30;
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                role="img">
                """
                        .formatted(width, height, width, height));
        svg.append("<title>").append(escape(title(result, attempt))).append("</title>\n");
        svg.append(STYLE);
        svg.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        text("ink name", 20, 28, "start", title(result, attempt));
        String detail = attempt.outcome().detail();
        text("quiet", 20, 48, "start", detail == null ? "" : shortened(detail));
        for (Party party : parties) {
            lifeline(party, height);
        }
        if (steps.isEmpty()) {
            text("quiet", LEFT, TOP + ROW, "start", "nothing was connected to");
        }
        for (int row = 0; row < steps.size(); row++) {
            arrow(steps.get(row), TOP + ROW * (row + 1) - 6);
        }
        return svg.append("</svg>\n").toString();
    }

    /// The last two are there only where an own listener was met, and where that is a proxy.
    private static List<Party> parties(AttemptResult attempt) {
        boolean isListenerSeen = isSeen(attempt, TimelineEvent.Side.LISTENER);
        boolean isUpstreamSeen = isSeen(attempt, TimelineEvent.Side.UPSTREAM);
        return Arrays.stream(Party.values())
                .filter(party -> party != Party.LISTENER || isListenerSeen)
                .filter(party -> party != Party.UPSTREAM || isUpstreamSeen)
                .toList();
    }

    private static boolean isSeen(AttemptResult attempt, TimelineEvent.Side side) {
        return attempt.timeline().stream().anyMatch(event -> event.side() == side);
    }

    private static String title(ProbeResult result, AttemptResult attempt) {
        return "%s: %s (%s)"
                .formatted(
                        result.target(),
                        attempt.outcome().label(),
                        attempt.outcome().reasonLabel());
    }

    private void lifeline(Party party, int height) {
        int x = x(party);
        text("ink name", x, TOP - 22, "middle", party.name().toLowerCase(Locale.ROOT));
        svg.append(
                "<line class=\"life\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
                        .formatted(x, TOP - 14, x, height - 14));
    }

    private void arrow(Step step, int y) {
        text("quiet", 20, y + 4, "start", step.time());
        int from = x(step.from());
        int to = x(step.to());
        if (from == to) {
            text("ink", from + 8, y - 5, "start", step.label());
            return;
        }
        svg.append(
                "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"%s/>\n"
                        .formatted(
                                step.isLost() ? "lost" : "arrow",
                                from,
                                y,
                                to,
                                y,
                                step.isLost() ? "" : " marker-end=\"url(#tip)\""));
        text("ink", (from + to) / 2, y - 6, "middle", step.label());
        if (step.isLost()) {
            text("lost-text name", to, y + 5, "middle", "✕");
        }
    }

    private void text(String style, int x, int y, String anchor, String words) {
        svg.append(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(style, x, y, anchor, escape(words)));
    }

    /// What fits on one line of the drawing; the whole sentence is in the result.
    private static String shortened(String detail) {
        return detail.length() <= 115 ? detail : detail.substring(0, 114) + "…";
    }

    private static int x(Party party) {
        return switch (party) {
            case CLIENT -> LEFT;
            case KERNEL -> LEFT + LANE;
            case NETWORK -> LEFT + 2 * LANE;
            case PEER -> LEFT + 3 * LANE;
            case LISTENER -> LEFT + 4 * LANE;
            case UPSTREAM -> LEFT + 5 * LANE;
        };
    }

    private static String escape(String words) {
        return HtmlUtils.htmlEscape(words, "UTF-8");
    }
}
