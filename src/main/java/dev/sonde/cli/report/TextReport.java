package dev.sonde.cli.report;

import dev.sonde.api.timeline.TimelineText;
import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.Question;
import java.util.ArrayList;
import java.util.List;

/// One aligned line for each target, and below it what was asked for beside it.
public final class TextReport implements Report {

    private static final String INDENT = "    ";

    private final Terminal terminal;
    private final boolean isVerbose;
    private final boolean hasTimeline;
    private final List<ProbeResult> results = new ArrayList<>();

    /// @param isVerbose whether phases, look-up and evidence are printed
    /// @param hasTimeline whether the packets are printed
    public TextReport(Terminal terminal, boolean isVerbose, boolean hasTimeline) {
        this.terminal = terminal;
        this.isVerbose = isVerbose;
        this.hasTimeline = hasTimeline;
    }

    @Override
    public void add(ProbeResult result) {
        results.add(result);
    }

    @Override
    public void end(OutcomeCount totals) {
        int target = width(results.stream().map(r -> r.target().toString()).toList());
        int word = width(results.stream().map(r -> Words.reason(r.outcome())).toList());
        int time = width(results.stream().map(r -> time(r)).toList());
        for (ProbeResult result : results) {
            Outcome outcome = result.outcome();
            String reason = Columns.padded(Words.reason(outcome), word);
            terminal.line(
                    (Columns.padded(result.target().toString(), target)
                                    + "  "
                                    + terminal.in(Words.colour(outcome), reason)
                                    + "  "
                                    + Columns.padded(time(result), time)
                                    + "  "
                                    + Words.meaning(result))
                            .stripTrailing());
            result.attempts().forEach(attempt -> more(result, attempt));
        }
        terminal.flush();
    }

    private void more(ProbeResult result, AttemptResult attempt) {
        PathReport path = attempt.path();
        if (path != null) {
            line("path", path.detail());
        }
        if (!isVerbose && !hasTimeline) {
            return;
        }
        if (result.attempts().size() > 1 && attempt.remote() != null) {
            terminal.line(INDENT + Words.reason(attempt.outcome()) + " " + attempt.remote());
        }
        if (isVerbose) {
            String detail = attempt.outcome().detail();
            line("detail", detail == null ? "" : detail);
            line("phases", Words.phases(attempt));
            NameEvidence lookup = attempt.lookup();
            line("look-up", lookup == null ? "" : LookupWords.of(lookup));
            line("evidence", Words.evidence(attempt.evidence()));
            attempt.evidence().asked().stream()
                    .filter(asked -> asked.question() != Question.PATH)
                    .forEach(
                            asked ->
                                    line(
                                            "asked",
                                            asked.question().label() + ": " + asked.answer()));
            if (path != null) {
                path.hops().forEach(hop -> line("hop", Words.hop(hop)));
            }
        }
        if (hasTimeline) {
            TimelineText.of(attempt, result.target().host())
                    .forEach(step -> terminal.line(INDENT + step));
        }
    }

    private void line(String name, String text) {
        if (!text.isEmpty()) {
            terminal.line(INDENT + Columns.padded(name, 10) + text);
        }
    }

    private static String time(ProbeResult result) {
        return Words.time(result.deciding());
    }

    private static int width(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }
}
