package dev.sonde.probe;

/// A definition and the state in which its probe was last seen.
public record StoredProbe(ProbeDefinition definition, ProbeHealth health) {}
