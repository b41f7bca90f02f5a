package dev.sonde.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of checks.
///
/// @param next the cursor of the next page; absent on the last one
/// @param incomplete replicas whose checks are missing
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CheckPage", description = "A stretch of a list of checks")
record CheckPageView(
        @Schema(description = "Newest first") List<CheckView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "100")
                @Nullable String next,
        @Schema(
                        description =
                                "Replicas that did not answer within a second; their checks are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete) {}
