package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Draws a result as sequence diagrams in SVG, readable in light and in dark: one for each address
/// that was tried, side by side where they fit.
///
/// Time goes down, one step a row; rows are not to scale, each has its time.
public final class TimelineDrawing {

    /// The width where none is asked for, in pixels.
    public static final int USUAL_WIDTH = 1_030;

    public static final int LEAST_WIDTH = 320;
    public static final int MOST_WIDTH = 2_000;

    private static final int MARGIN = 12;

    /// The narrowest column of an address beside others.
    private static final int COLUMN = 480;

    /// Addresses beyond these have no diagram of their own.
    private static final int MOST_DIAGRAMS = 16;

    private final SvgCanvas svg = new SvgCanvas();
    private final ProbeResult result;
    private final int width;

    private TimelineDrawing(ProbeResult result, int width) {
        this.result = result;
        this.width = width;
    }

    /// The drawing as an SVG document.
    ///
    /// @param width in pixels, from [#LEAST_WIDTH] to [#MOST_WIDTH]
    public static String of(ProbeResult result, int width) {
        return new TimelineDrawing(result, width).draw();
    }

    private String draw() {
        AttemptResult deciding = result.deciding();
        String title = result.target() + ": " + Heading.verdict(deciding.outcome());
        Heading heading = new Heading(svg, MARGIN, width - 2 * MARGIN, MARGIN);
        heading.add(result.target().toString(), deciding);
        int end =
                result.attempts().size() == 1
                        ? diagram(deciding, 0, width, heading.end())
                        : diagrams(heading.end());
        return svg.document(width, end + MARGIN, title);
    }

    private int diagrams(int top) {
        List<AttemptResult> drawn = result.attempts().stream().limit(MOST_DIAGRAMS).toList();
        int columns = Math.clamp(width / COLUMN, 1, drawn.size());
        int columnWidth = width / columns;
        int y = top;
        for (int first = 0; first < drawn.size(); first += columns) {
            int lowest = y;
            for (int i = first; i < Math.min(first + columns, drawn.size()); i++) {
                int left = (i - first) * columnWidth;
                lowest = Math.max(lowest, ofAddress(drawn.get(i), left, columnWidth, y));
            }
            y = lowest + MARGIN;
        }
        int more = result.attempts().size() - drawn.size();
        return more == 0
                ? y
                : new Heading(svg, MARGIN, width - 2 * MARGIN, y)
                        .add("quiet", more + " more addresses are in the result")
                        .end();
    }

    private int ofAddress(AttemptResult attempt, int left, int columnWidth, int y) {
        int end =
                new Heading(svg, left + MARGIN, columnWidth - 2 * MARGIN, y)
                        .add(
                                Heading.style(attempt.outcome()) + " name",
                                Heading.verdict(attempt.outcome()))
                        .add("ink name", Heading.address(attempt))
                        .end();
        return diagram(attempt, left, columnWidth, end);
    }

    private int diagram(AttemptResult attempt, int left, int columnWidth, int y) {
        List<DiagramStep<Party>> steps = TimelineSteps.of(attempt, result.target().host());
        return new SequenceDiagram<>(svg, left, columnWidth, y, names(steps)).draw(steps);
    }

    private static Map<Party, List<String>> names(List<DiagramStep<Party>> steps) {
        Set<Party> seen = EnumSet.of(Party.CLIENT);
        for (DiagramStep<Party> step : steps) {
            seen.add(step.from());
            seen.add(step.to());
        }
        if (seen.contains(Party.KERNEL)) {
            // Also where nothing reaches it.
            seen.add(Party.PEER);
        }
        Map<Party, List<String>> names = new EnumMap<>(Party.class);
        Arrays.stream(Party.values())
                .filter(seen::contains)
                .forEach(party -> names.put(party, List.of(party.word())));
        return names;
    }
}
