package dev.sonde.api.definition;

import dev.sonde.definition.SetResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// The difference that a document makes, in an answer.
@Schema(name = "DefinitionChange", description = "The difference that a document makes")
record DefinitionChangeView(
        @Schema(description = "Names", example = "[\"orders-db\"]") List<String> created,
        @Schema(description = "Definitions that differ") List<Changed> changed,
        @Schema(description = "Names", example = "[\"old-db\"]") List<String> deleted,
        @Schema(description = "Definitions that stay as they are", example = "29") int unchanged) {

    @Schema(name = "ChangedDefinition", description = "One definition that differs")
    record Changed(
            @Schema(description = "Its name", example = "orders-db") String name,
            @Schema(
                            description = "Paths of the fields that differ",
                            example = "[\"labels.team\", \"settings.timeout\"]")
                    List<String> fields) {}

    static DefinitionChangeView of(SetResult result) {
        return new DefinitionChangeView(
                result.created(),
                result.changed().stream()
                        .map(each -> new Changed(each.name(), each.fields()))
                        .toList(),
                result.deleted(),
                result.unchanged());
    }
}
