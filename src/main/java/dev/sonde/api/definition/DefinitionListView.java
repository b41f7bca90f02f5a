package dev.sonde.api.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.definition.SetSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of the list of sets.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DefinitionSetPage", description = "A stretch of the list of sets")
record DefinitionListView(
        @Schema(description = "In the order of their names") List<Item> items,
        @Schema(description = "The cursor of the next page; absent on the last one")
                @Nullable String next) {

    @Schema(name = "DefinitionSetSummary", description = "A set and what it owns, in numbers")
    record Item(
            @Schema(description = "Unique", example = "payments") String name,
            @Schema(description = "Probes that it owns", example = "30") int probes,
            @Schema(description = "Listeners that it owns", example = "5") int listeners) {

        static Item of(SetSummary set) {
            return new Item(set.name(), set.probes(), set.listeners());
        }
    }
}
