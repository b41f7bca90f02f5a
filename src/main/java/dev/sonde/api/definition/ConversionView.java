package dev.sonde.api.definition;

import dev.sonde.conversion.Conversion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/// A converted document, in an answer.
@Schema(name = "Conversion", description = "Definitions of another tool as a document")
record ConversionView(
        @Schema(description = "The document; a request to /definitions/{set} takes it")
                Map<String, Object> document,
        @Schema(description = "Definitions and parts of them that the document lacks")
                List<Skipped> skipped) {

    @Schema(name = "SkippedDefinition", description = "One thing that the document lacks")
    record Skipped(
            @Schema(description = "Its name or place in the text", example = "endpoint web/api")
                    String what,
            @Schema(
                            description = "Why it is not carried over",
                            example = "only tcp, tls and starttls can be probed, not https")
                    String reason) {}

    static ConversionView of(Conversion conversion) {
        return new ConversionView(
                conversion.document(),
                conversion.skipped().stream()
                        .map(each -> new Skipped(each.what(), each.reason()))
                        .toList());
    }
}
