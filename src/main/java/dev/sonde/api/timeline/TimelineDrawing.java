package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Party;
import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Draws a result's deciding attempt as a sequence diagram in SVG, readable in light and in dark.
///
/// Time goes down, one step a row; rows are not to scale, each says its time.
public final class TimelineDrawing {

    private static final int LEFT = 130;
    private static final int LANE = 210;
    private static final int TOP = 100;
    private static final int ROW = 34;
    private static final int RIGHT = 60;

    private final SvgCanvas svg = new SvgCanvas();

    private TimelineDrawing() {}

    public static String of(ProbeResult result) {
        return new TimelineDrawing().draw(result, result.deciding());
    }

    private String draw(ProbeResult result, AttemptResult attempt) {
        List<Step> steps = TimelineSteps.of(attempt);
        List<Party> parties = parties(attempt);
        int width = LEFT + LANE * (parties.size() - 1) + RIGHT;
        int height = TOP + ROW * Math.max(1, steps.size()) + 30;
        svg.begin(width, height, title(result, attempt));
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
        return svg.end();
    }

    /// The last two exist only if an own listener was met, and if that is a proxy.
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
        svg.lifeline(x, TOP - 14, height - 14);
    }

    private void arrow(Step step, int y) {
        text("quiet", 20, y + 4, "start", step.time());
        int from = x(step.from());
        int to = x(step.to());
        if (from == to) {
            text("ink", from + 8, y - 5, "start", step.label());
            return;
        }
        svg.arrow(from, to, y, step.isLost());
        text("ink", (from + to) / 2, y - 6, "middle", step.label());
        if (step.isLost()) {
            text("lost-text name", to, y + 5, "middle", "✕");
        }
    }

    private void text(String style, int x, int y, String anchor, String words) {
        svg.text(style, x, y, anchor, words);
    }

    /// The part that fits on one line of the drawing; the whole sentence is in the result.
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
}
