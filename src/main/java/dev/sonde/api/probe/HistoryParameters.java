package dev.sonde.api.probe;

import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.OpaqueCursorParameter;
import dev.sonde.api.request.Query;
import dev.sonde.probe.keeping.HistoryQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which results of a probe are wanted, as a query says it.
record HistoryParameters(
        @Parameter(
                        description = "The earliest start, RFC 3339",
                        example = "2026-11-20T10:00:00Z",
                        schema = @Schema(type = "string", format = "date-time"))
                @Nullable String since,
        @Parameter(
                        description = "The first start that is too late, RFC 3339",
                        example = "2026-11-20T11:00:00Z",
                        schema = @Schema(type = "string", format = "date-time"))
                @Nullable String until,
        @Parameter(
                        description = "Only results with this outcome",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"succeeded", "failed", "not_probed"}))
                @Nullable String outcome,
        @LimitParameter @Nullable String limit,
        @OpaqueCursorParameter @Nullable String cursor) {

    HistoryQuery toQuery() {
        if (outcome != null && !List.of("succeeded", "failed", "not_probed").contains(outcome)) {
            throw Query.invalid("outcome", outcome, "one of succeeded, failed, not_probed");
        }
        return new HistoryQuery(
                instant("since", since),
                instant("until", until),
                outcome,
                cursor,
                Query.limit(limit));
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        try {
            // A "+" that was not encoded arrives as a space.
            return text == null ? null : Instant.parse(text.replace(' ', '+'));
        } catch (DateTimeParseException _) {
            throw Query.invalid(name, text, "an instant is written like 2026-11-20T10:00:00Z");
        }
    }
}
