package dev.sonde.store.buffer;

import dev.sonde.probe.finding.Transition;
import java.util.UUID;

/// A transition on its way into the database.
///
/// @param id greater than that of every result and transition before it
/// @param after how many results were handed over before; its cause is among them
public record IdentifiedTransition(UUID id, Transition transition, long after) {

    /// One that is in the database.
    public IdentifiedTransition(UUID id, Transition transition) {
        this(id, transition, 0);
    }
}
