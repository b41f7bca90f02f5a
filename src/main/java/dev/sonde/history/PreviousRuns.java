package dev.sonde.history;

import java.util.List;
import java.util.UUID;

/// Runs that are in the database already.
@FunctionalInterface
public interface PreviousRuns {

    /// When the last two runs of a probe before this one started that decided something,
    /// milliseconds since 1970, latest first; fewer where there are fewer.
    List<Long> before(String probe, UUID id);
}
