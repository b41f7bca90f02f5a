package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// The outcome of a bulk request.
@Schema(name = "BulkAnswer", description = "The outcome of a request for many definitions")
public record BulkView(
        @Schema(description = "Definitions that are new", example = "99999") int created,
        @Schema(description = "Definitions that existed", example = "0") int replaced,
        @Schema(description = "Lines that could not be taken", example = "1") int failed,
        @Schema(description = "Why, for the first 1,000 of them") List<BadLine> errors) {

    /// A line that could not be taken.
    @Schema(name = "BadLine", description = "A line that could not be taken")
    public record BadLine(
            @Schema(description = "From 1", example = "7") int line,
            @Schema(description = "The reason of the refusal", example = "interval: is required")
                    String message) {}
}
