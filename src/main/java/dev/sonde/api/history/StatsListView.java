package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.history.ForeignRuns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Figures of several windows or groups.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "StatsList", description = "Figures of several windows or groups")
record StatsListView(
        @Schema(description = "In the order of the windows, then of the groups")
                List<StatsView> items,
        @Schema(
                        description =
                                "Replicas that did not answer within a second; their runs of the"
                                        + " last minutes are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete) {

    static StatsListView of(List<StatsView> items, ForeignRuns foreign) {
        return new StatsListView(items, foreign.missing().isEmpty() ? null : foreign.missing());
    }
}
