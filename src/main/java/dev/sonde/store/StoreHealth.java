package dev.sonde.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of the writing of results.
///
/// @param buffered results and transitions that wait to be written
/// @param written results since the start
/// @param lost results and transitions since the start
/// @param failing since when the database has been refusing to write; absent while it does not
/// @param lastError its latest error, kept when it recovers; absent when it never failed
public record StoreHealth(
        long buffered,
        long written,
        long lost,
        @Nullable Instant failing,
        @Nullable String lastError) {}
