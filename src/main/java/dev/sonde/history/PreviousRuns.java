package dev.sonde.history;

import java.util.List;
import java.util.UUID;

/// Runs that are in the database already.
@FunctionalInterface
public interface PreviousRuns {

    /// The starts of the last two decided runs of a probe before this one, milliseconds since 1970,
    /// latest first. Fewer if fewer exist.
    List<Long> before(String probe, UUID id);

    /// Whether other processes may have run a probe that was created while this one lives.
    default boolean hasOthers() {
        return true;
    }
}
