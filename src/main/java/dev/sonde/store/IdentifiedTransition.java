package dev.sonde.store;

import dev.sonde.probe.finding.Transition;
import java.util.UUID;

/// A transition on its way into the database.
///
/// @param id greater than that of every result and transition before it
record IdentifiedTransition(UUID id, Transition transition) {}
