package dev.sonde.history;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which part of a history over all probes is wanted; newest first.
///
/// @param since the earliest instant; none when absent
/// @param probes accepts the names of the probes that are wanted
/// @param cursor where the page before this one ended; the newest when absent
/// @param limit of the page's items
public record HistorySearch(
        @Nullable Instant since, Predicate<String> probes, @Nullable String cursor, int limit) {}
