package dev.sonde.api.timeline;

import dev.sonde.api.timeline.TimelineSteps.Step;
import dev.sonde.probe.finding.AttemptResult;
import java.util.List;
import java.util.Locale;

/// An attempt's timeline as lines of text: the steps that the drawing shows, one a line.
public final class TimelineText {

    private TimelineText() {}

    public static List<String> of(AttemptResult attempt) {
        return TimelineSteps.of(attempt).stream().map(TimelineText::line).toList();
    }

    private static String line(Step step) {
        String way =
                step.from() == step.to()
                        ? word(step.from())
                        : "%s %s %s"
                                .formatted(
                                        word(step.from()),
                                        step.isLost() ? "--x" : "-->",
                                        word(step.to()));
        return "%9s  %-22s %s".formatted(step.time(), way, step.label());
    }

    private static String word(Enum<?> party) {
        return party.name().toLowerCase(Locale.ROOT);
    }
}
