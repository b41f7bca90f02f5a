package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of connections.
///
/// @param next the cursor of the next page; absent on the last one
/// @param incomplete replicas whose connections are missing
/// @param timedOut whether the wait ended before enough connections existed; absent without a wait
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerConnectionPage", description = "A stretch of a list of connections")
record AcceptedPageView(
        @Schema(description = "Newest first; by number, if every replica opens the listener")
                List<AcceptedView> items,
        @Schema(description = "The cursor of the next page; absent on the last one", example = "17")
                @Nullable String next,
        @Schema(
                        description =
                                "Whether the wait ended before enough connections came; absent without a wait")
                @Nullable Boolean timedOut,
        @Schema(
                        description =
                                "Replicas that did not answer within a second; their connections are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete) {}
