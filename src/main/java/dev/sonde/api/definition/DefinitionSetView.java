package dev.sonde.api.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document of definitions, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DefinitionSet", description = "All definitions of a set")
record DefinitionSetView(
        @Schema(
                        description =
                                "Fields that definitions have where they say nothing else: an object"
                                        + " `probe` and an object `listener`. An answer has them filled"
                                        + " in and shows none.")
                @Nullable Map<String, Object> defaults,
        @Schema(
                        description =
                                "Probes by name, each as the request that makes it, without name and"
                                        + " paused")
                @Nullable Map<String, Object> probes,
        @Schema(description = "Listeners by name, each as the request that makes it, without name")
                @Nullable Map<String, Object> listeners,
        @Schema(
                        description =
                                "Sources of targets. An answer shows the latest reading of each as"
                                        + " `status`, which is ignored when it comes back. Secrets"
                                        + " are hidden from a caller who may not change the set.")
                @Nullable List<Object> sources) {}
