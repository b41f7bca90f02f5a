package dev.sonde.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Certificates that probes saw. Safe for any thread; every method may block.
public interface PresentedHistory {

    /// Those that end before an instant, soonest first.
    ///
    /// @param before all when absent
    /// @param skip so many of the first
    List<Presented> presented(@Nullable Instant before, long skip, int limit);
}
