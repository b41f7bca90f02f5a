package dev.sonde.cli.report;

import dev.sonde.probe.finding.ProbeResult;

/// A form in which results are printed. For one thread.
public interface Report {

    /// Takes a result; results come in the order of their targets.
    void add(ProbeResult result);

    /// Ends the output. Called once, also where the command was interrupted.
    void end(OutcomeCount totals);
}
