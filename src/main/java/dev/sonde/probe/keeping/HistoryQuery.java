package dev.sonde.probe.keeping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which results of a probe are wanted; newest first.
///
/// @param since the earliest start, in milliseconds; none when absent
/// @param until the first start that is too late, in milliseconds; none when absent
/// @param outcome the word of the only outcome wanted; all when absent
/// @param cursor where the page before this one ended; the newest when absent
/// @param limit of the page's items; 1 to 1000
public record HistoryQuery(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String outcome,
        @Nullable String cursor,
        int limit) {

    public static final int LARGEST_PAGE = 1_000;

    public HistoryQuery {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a limit is from 1 to 1000, not " + limit);
        }
    }

    /// The newest results with any outcome.
    public static HistoryQuery newest(int limit) {
        return new HistoryQuery(null, null, null, null, limit);
    }
}
