package dev.sonde.store.evidence;

import dev.sonde.probe.path.LateEvidence;

/// Late evidence on its way into the database.
///
/// @param after how many results were handed over before; its own result is among them
public record WaitingEvidence(LateEvidence evidence, long after) {}
