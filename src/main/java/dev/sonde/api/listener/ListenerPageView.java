package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of listeners.
///
/// @param next the cursor of the next page; absent on the last one
/// @param incomplete replicas whose listeners are missing
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerPage", description = "A stretch of a list of listeners")
record ListenerPageView(
        @Schema(description = "In the order of their names") List<ListenerView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "slow-db")
                @Nullable String next,
        @Schema(
                        description =
                                "Replicas that did not answer within a second; their listeners are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete) {}
