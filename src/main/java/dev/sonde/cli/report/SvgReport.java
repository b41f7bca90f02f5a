package dev.sonde.cli.report;

import dev.sonde.api.timeline.TimelineDrawing;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.ProbeResult;

/// The timeline of one result, drawn.
public final class SvgReport implements Report {

    private final Terminal terminal;

    public SvgReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void add(ProbeResult result) {
        terminal.print(TimelineDrawing.of(result, TimelineDrawing.USUAL_WIDTH));
    }

    @Override
    public void end(OutcomeCount totals) {
        terminal.flush();
    }
}
