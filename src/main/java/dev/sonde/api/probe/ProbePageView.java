package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of probes.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ProbePage", description = "A stretch of a list of probes")
record ProbePageView(
        @Schema(description = "In the order of their names") List<ScheduledProbeView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "orders-db")
                @Nullable String next) {}
