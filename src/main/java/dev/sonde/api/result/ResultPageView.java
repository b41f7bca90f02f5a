package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of results.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ResultPage", description = "A stretch of a list of results")
public record ResultPageView(
        @Schema(description = "In the order in which they came") List<ResultView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "100")
                @Nullable String next) {}
