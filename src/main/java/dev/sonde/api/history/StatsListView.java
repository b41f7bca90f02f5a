package dev.sonde.api.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Figures of several windows or groups.
@Schema(name = "StatsList", description = "Figures of several windows or groups")
record StatsListView(
        @Schema(description = "In the order of the windows, then of the groups")
                List<StatsView> items) {}
