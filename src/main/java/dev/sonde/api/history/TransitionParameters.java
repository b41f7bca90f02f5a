package dev.sonde.api.history;

import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.LimitParameter;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The page of changes of state that a query asks for.
record TransitionParameters(
        @Parameter(
                        description = "Only changes since then, written as in incidents",
                        example = "-1h",
                        schema = @Schema(type = "string", pattern = InstantText.PATTERN))
                @Nullable String since,
        @LimitParameter @Nullable String limit,
        @CursorParameter @Nullable String cursor) {}
