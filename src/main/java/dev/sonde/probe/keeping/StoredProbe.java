package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.ProbeDefinition;

/// A definition and the state in which its probe was last seen.
public record StoredProbe(ProbeDefinition definition, ProbeHealth health) {

    /// The definition is stored at once and the state a little later. After a crash they may
    /// disagree on whether the probe is paused. The definition is right.
    public ProbeHealth healthAtStart() {
        boolean isPaused = definition.spec().paused();
        if (isPaused == (health.state() == ProbeState.PAUSED)) {
            return health;
        }
        return isPaused
                ? ProbeHealth.paused(definition.updatedAt())
                : ProbeHealth.pending(definition.updatedAt());
    }
}
