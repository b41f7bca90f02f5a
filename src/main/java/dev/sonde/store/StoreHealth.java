package dev.sonde.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the writing of results goes.
///
/// @param buffered results and transitions that wait to be written
/// @param written results since the start
/// @param lost results and transitions since the start
/// @param failing since when the database has been refusing to write; absent while it does not
/// @param lastError what it said last, kept when it recovers; absent when it never failed
public record StoreHealth(
        long buffered,
        long written,
        long lost,
        @Nullable Instant failing,
        @Nullable String lastError) {}
