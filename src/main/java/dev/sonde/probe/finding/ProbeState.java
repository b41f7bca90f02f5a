package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;

/// The state of a scheduled probe's target.
public enum ProbeState {
    /// Not enough was seen since it was created or resumed.
    PENDING,
    /// As many good runs in a row as `rise` asks for, and not yet `fall` bad ones since.
    UP,
    /// Runs end as expected, but `fall` of them in a row had a figure out of its bound.
    DEGRADED,
    /// As many bad runs in a row as `fall` asks for, and not yet `rise` others since.
    DOWN,
    /// It does not run.
    PAUSED;

    private final String label = EnumLabel.of(this);

    /// The word in views and queries.
    public String label() {
        return label;
    }
}
