package dev.sonde.api.definition;

import dev.sonde.api.request.Paged;
import dev.sonde.definition.catalog.SetSummary;
import io.swagger.v3.oas.annotations.media.Schema;

/// A set of definitions in a list.
@Schema(name = "DefinitionSetSummary", description = "A set and what it owns, in numbers")
@Paged(
        value = "A stretch of the list of sets",
        name = "DefinitionSetPage",
        order = "In the order of their names")
record SetSummaryView(
        @Schema(description = "Unique", example = "payments") String name,
        @Schema(description = "Probes that it owns", example = "30") int probes,
        @Schema(description = "Listeners that it owns", example = "5") int listeners) {

    static SetSummaryView of(SetSummary set) {
        return new SetSummaryView(set.name(), set.probes(), set.listeners());
    }
}
