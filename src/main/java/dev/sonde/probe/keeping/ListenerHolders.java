package dev.sonde.probe.keeping;

import java.util.Optional;

/// Which replica has a listener open. Safe for any thread; may block.
@FunctionalInterface
public interface ListenerHolders {

    /// The name of the other replica that has a listener of this name. Empty if none or this one
    /// has it.
    Optional<String> otherHolder(String listener);
}
