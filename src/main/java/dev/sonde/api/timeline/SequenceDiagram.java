package dev.sonde.api.timeline;

import dev.sonde.api.timeline.DiagramStep.Fate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sequence diagram in a column of a drawing: lanes from left to right, steps from top to bottom.
/// The label of a step has the lines above its arrow for itself. For one thread.
///
/// @param <P> the participants
final class SequenceDiagram<P extends Enum<P>> {

    private static final int MARGIN = 12;
    private static final int ARROW = 14;
    private static final int WIDE = 640;

    /// The width of a time, and of the time since the row before.
    private static final int TIME = 76;

    private static final int NAME_GAP = 12;

    private final SvgCanvas svg;
    private final int left;
    private final int right;
    private final boolean isWide;
    private final int lanesLeft;
    private final Map<P, Integer> lanes;
    private int y;
    private @Nullable Long lastMicros;

    /// @param left the first pixel of the column
    /// @param width of the column
    /// @param y the first pixel from the top
    /// @param names the participants with the words at their heads, in order
    SequenceDiagram(SvgCanvas svg, int left, int width, int y, Map<P, List<String>> names) {
        this.svg = svg;
        this.left = left;
        this.right = left + width - MARGIN;
        this.isWide = width >= WIDE;
        this.lanesLeft = left + MARGIN + (isWide ? 2 * TIME : TIME) + MARGIN;
        this.y = y;
        this.lanes = new EnumMap<>(names.keySet().iterator().next().getDeclaringClass());
        place(names);
    }

    private void place(Map<P, List<String>> names) {
        List<P> parties = List.copyOf(names.keySet());
        List<List<String>> words = List.copyOf(names.values());
        int first = lanesLeft + half(words.getFirst());
        int last = right - half(words.getLast());
        int gap = parties.size() == 1 ? 0 : (last - first) / (parties.size() - 1);
        int widest = words.stream().mapToInt(SequenceDiagram::half).max().orElse(0) * 2;
        boolean isStaggered = gap < widest + NAME_GAP && parties.size() > 1;
        int lines = words.stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < parties.size(); i++) {
            int x = first + i * gap;
            lanes.put(parties.get(i), x);
            name(words.get(i), x, isStaggered && i % 2 == 1 ? lines : 0);
        }
        y += (isStaggered ? 2 : 1) * lines * Lines.HEIGHT + MARGIN / 2;
    }

    private void name(List<String> words, int x, int lower) {
        for (int line = 0; line < words.size(); line++) {
            svg.text(
                    line == 0 ? "ink name" : "quiet",
                    x,
                    y + (lower + line + 1) * Lines.HEIGHT - 4,
                    "middle",
                    words.get(line));
        }
    }

    private static int half(List<String> words) {
        return words.stream().mapToInt(Lines::width).max().orElse(0) / 2 + 1;
    }

    /// Draws all steps.
    ///
    /// @return the first pixel below them
    int draw(List<DiagramStep<P>> steps) {
        int top = y;
        int end = y + MARGIN / 2;
        for (DiagramStep<P> step : steps) {
            end += height(step);
        }
        for (int x : lanes.values()) {
            svg.lifeline(x, top, end);
        }
        steps.forEach(this::draw);
        return end;
    }

    private int height(DiagramStep<P> step) {
        int lines = labelLines(step).size();
        boolean hasTwoTimes = step.atMicros() != null && !isWide;
        return Math.max(lines * Lines.HEIGHT + ARROW, hasTwoTimes ? 2 * Lines.HEIGHT + 2 : 0);
    }

    private void draw(DiagramStep<P> step) {
        times(step);
        List<String> lines = labelLines(step);
        String style = step.fate() == Fate.ARRIVES ? "ink" : "bad";
        int x = labelLeft(step, lines);
        for (int i = 0; i < lines.size(); i++) {
            svg.text(style, x, y + (i + 1) * Lines.HEIGHT - 3, "start", lines.get(i));
        }
        int arrowY = y + lines.size() * Lines.HEIGHT + 4;
        if (step.from() == step.to()) {
            svg.dot(x(step.from()), arrowY, step.fate());
        } else {
            svg.arrow(x(step.from()), x(step.to()), arrowY, step.fate());
        }
        y += height(step);
    }

    private void times(DiagramStep<P> step) {
        Long at = step.atMicros();
        if (at == null) {
            return;
        }
        int line = y + Lines.HEIGHT - 3;
        int timeRight = left + MARGIN + TIME;
        svg.text("quiet", timeRight, line, "end", Figures.time(at));
        Long before = lastMicros;
        lastMicros = at;
        if (before != null) {
            String since = Figures.since(at, before);
            if (isWide) {
                svg.text("quiet", timeRight + TIME, line, "end", since);
            } else {
                svg.text("quiet", timeRight, line + Lines.HEIGHT, "end", since);
            }
        }
    }

    private List<String> labelLines(DiagramStep<P> step) {
        return Lines.of(step.label(), right - lanesLeft);
    }

    /// At the left end of its arrow, or as far right as it fits.
    private int labelLeft(DiagramStep<P> step, List<String> lines) {
        int widest = lines.stream().mapToInt(Lines::width).max().orElse(0);
        int wanted = Math.min(x(step.from()), x(step.to())) + 6;
        return Math.max(lanesLeft, Math.min(wanted, right - widest));
    }

    private int x(P party) {
        Integer lane = lanes.get(party);
        if (lane == null) {
            throw new IllegalStateException("no lane for " + party);
        }
        return lane;
    }
}
