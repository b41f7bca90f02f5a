package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import java.util.List;

/// An attempt's timeline as lines of text: the steps that the drawing shows, one a line.
public final class TimelineText {

    private TimelineText() {}

    /// The lines of an attempt.
    ///
    /// @param host of the target
    public static List<String> of(AttemptResult attempt, String host) {
        return TimelineSteps.of(attempt, host).stream().map(TimelineText::line).toList();
    }

    private static String line(DiagramStep<Party> step) {
        String way =
                step.from() == step.to()
                        ? step.from().word()
                        : "%s %s %s"
                                .formatted(
                                        step.from().word(),
                                        step.fate() == DiagramStep.Fate.IS_LOST ? "--x" : "-->",
                                        step.to().word());
        Long at = step.atMicros();
        return "%9s  %-22s %s".formatted(at == null ? "" : Figures.time(at), way, step.label());
    }
}
