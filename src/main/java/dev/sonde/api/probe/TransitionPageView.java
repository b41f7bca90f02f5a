package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of changes of state.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TransitionPage", description = "A stretch of a list of changes of state")
public record TransitionPageView(
        @Schema(description = "Newest first") List<TransitionView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "4711")
                @Nullable String next) {}
