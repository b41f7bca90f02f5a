package dev.sonde.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runs of one probe that a replica has only in memory.
///
/// @param mark the end of the runs that the replica has written, seconds since 1970
/// @param minutes in the order of time
/// @param unwatchedMillis time for which the probe was unwatched at the end; absent where the
///     replica knows no run
public record Held(long mark, List<Bucket> minutes, @Nullable Long unwatchedMillis) {}
