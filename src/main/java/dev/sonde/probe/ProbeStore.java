package dev.sonde.probe;

import java.util.List;
import java.util.function.Consumer;

/// Where definitions are kept. Safe for any thread; every method may block.
///
/// It is declared here, not in the room that calls it, so that the room that implements it needs to
/// know nothing but probes. What is acknowledged by returning survives the death of the process.
public interface ProbeStore {

    /// Adds and replaces definitions: all of them or, when this throws, none.
    void save(List<ProbeDefinition> created, List<ProbeDefinition> replaced);

    /// Removes a definition; its results and transitions can no longer be seen.
    void delete(String name);

    /// Hands over every definition, in no particular order.
    void forEach(Consumer<StoredProbe> consumer);
}
