package dev.sonde.api.probe;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.Query;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.keeping.HistoryQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which results of a probe are wanted, as a query says it.
record HistoryParameters(
        @Parameter(
                        description =
                                "The earliest start: RFC 3339, a date, seconds since 1970, or before"
                                        + " now (-90m, -24h, -7d)",
                        example = "-24h",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String since,
        @Parameter(
                        description = "The first start that is too late, written like since",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String until,
        @Parameter(
                        description = "Only results with this outcome",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            Outcome.SUCCEEDED,
                                            Outcome.FAILED,
                                            Outcome.NOT_PROBED
                                        }))
                @Nullable String outcome,
        @LimitParameter @Nullable String limit,
        @CursorParameter @Nullable String cursor) {

    /// @param list the list that handed the cursor out
    HistoryQuery toQuery(String list, Instant now) {
        return new HistoryQuery(
                InstantText.read("since", since, now),
                InstantText.read("until", until, now),
                outcome == null ? null : Query.word("outcome", outcome, Outcome.LABELS),
                Cursor.place(list, cursor),
                Query.limit(limit));
    }
}
