package dev.sonde.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Roll-ups of scheduled runs. Safe for any thread; every method may block.
public interface RunHistory {

    /// A stretch of time in buckets of one tier, in seconds since 1970.
    ///
    /// @param from the begin of its first bucket
    /// @param to the end of its last one
    record Stretch(Tier tier, long from, long to) {}

    /// The buckets of some probes in some stretches that do not overlap, in the order of time, by
    /// probe; what is in memory counts. Probes without runs are not in it.
    Map<String, List<Bucket>> buckets(Collection<String> probes, List<Stretch> stretches);

    /// For how many milliseconds nobody has looked at a probe until this instant, in milliseconds
    /// since 1970; null where this process knows no run of it.
    @Nullable Long unwatchedSince(String probe, long millis);
}
