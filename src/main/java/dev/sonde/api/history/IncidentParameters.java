package dev.sonde.api.history;

import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.Query;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of incidents that a query asks for.
record IncidentParameters(
        @Parameter(
                        description =
                                "Only what began or lasted since then: RFC 3339, a date, seconds"
                                        + " since 1970, or before now (-90m, -24h, -7d)",
                        example = "-24h",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String since,
        @Parameter(
                        description = "Only open or only ended incidents",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"open", "closed"}))
                @Nullable String state,
        @Parameter(description = "Only this probe's", schema = @Schema(type = "string"))
                @Nullable String probe,
        @LimitParameter @Nullable String limit,
        @CursorParameter @Nullable String cursor) {

    private static final String OPEN = "open";

    @Nullable Boolean isOpen() {
        return state == null
                ? null
                : (Boolean) Query.word("state", state, List.of(OPEN, "closed")).equals(OPEN);
    }
}
