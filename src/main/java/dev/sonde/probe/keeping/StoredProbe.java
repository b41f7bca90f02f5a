package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.spec.ProbeDefinition;

/// A definition and the state in which its probe was last seen.
public record StoredProbe(ProbeDefinition definition, ProbeHealth health) {}
