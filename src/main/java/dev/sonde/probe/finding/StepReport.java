package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;

/// The report of a step, besides its part in the outcome. Absent fields were not measured.
public sealed interface StepReport
        permits TlsReport, DialogueReport, ObserveReport, HoldReport, FloodReport {

    /// The step's phase, whose word is also the report's name in a result.
    Phase phase();
}
