package dev.sonde.cli.report;

import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Results as a suite of tests in JUnit's XML: what is down is a failure, what was not probed is
/// skipped.
public final class JunitReport implements Report {

    private final Terminal terminal;
    private final List<ProbeResult> results = new ArrayList<>();

    public JunitReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void add(ProbeResult result) {
        results.add(result);
    }

    @Override
    public void end(OutcomeCount totals) {
        terminal.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        terminal.line(
                "<testsuite name=\"sonde check\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%s\">"
                        .formatted(
                                totals.total(),
                                totals.failed(),
                                totals.notProbed(),
                                seconds(totals.tookMicros() * 1_000)));
        results.forEach(this::write);
        terminal.line("</testsuite>");
        terminal.flush();
    }

    private void write(ProbeResult result) {
        Outcome outcome = result.outcome();
        terminal.print(
                "  <testcase classname=\"sonde.check\" name=\"%s\" time=\"%s\">"
                        .formatted(
                                escaped(result.target().toString()),
                                seconds(result.deciding().tookNanos())));
        String reason = outcome.reasonLabel();
        String meaning = escaped(Words.meaning(result));
        switch (outcome) {
            case Outcome.Succeeded _ -> {}
            case Outcome.Failed _ ->
                    terminal.print(
                            "<failure type=\"%s\" message=\"%s\"/>".formatted(reason, meaning));
            case Outcome.NotProbed _ ->
                    terminal.print("<skipped message=\"%s: %s\"/>".formatted(reason, meaning));
        }
        terminal.line("</testcase>");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '&' -> escaped.append("&amp;");
                                case '"' -> escaped.append("&quot;");
                                default -> escaped.appendCodePoint(c < ' ' ? ' ' : c);
                            }
                        });
        return escaped.toString();
    }
}
