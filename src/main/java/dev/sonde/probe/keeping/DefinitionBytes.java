package dev.sonde.probe.keeping;

import dev.sonde.probe.spec.ProbeDefinition;

/// Definitions in a binary form, for a file of this process. Safe for any thread.
public interface DefinitionBytes {

    /// All but the name.
    byte[] write(ProbeDefinition definition);

    /// The definition again.
    ///
    /// @param body as [#write] made it
    ProbeDefinition read(String name, byte[] body);
}
