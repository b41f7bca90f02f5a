package dev.sonde.probe.spec;

import java.time.Duration;

/// Settings of one step on an established connection. The step has a phase of its own.
public sealed interface StepSettings
        permits TlsSettings, DialogueSettings, ObserveSettings, HoldSettings, FloodSettings {

    /// The phase that the step is; steps are taken in the order of their phases, each at most once.
    Phase phase();

    /// How long the step may take beyond the probe's timeout; zero where that bounds it.
    Duration longest();
}
