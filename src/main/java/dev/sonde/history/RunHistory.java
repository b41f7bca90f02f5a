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

    /// The buckets of some probes in some stretches that do not overlap, by probe, in the order of
    /// time. Runs in memory count. Probes without runs are left out.
    ///
    /// @param foreign asked for before this is called
    Map<String, List<Bucket>> buckets(
            Collection<String> probes, List<Stretch> stretches, ForeignRuns foreign);

    /// The runs of a probe that this process has only in memory.
    ///
    /// @param millis end of the unwatched time, milliseconds since 1970
    Held held(String probe, long millis);

    /// The milliseconds for which a probe was unwatched at an instant, itself in milliseconds since
    /// 1970. Null where this process knows no run of the probe.
    @Nullable Long unwatchedSince(String probe, long millis);
}
