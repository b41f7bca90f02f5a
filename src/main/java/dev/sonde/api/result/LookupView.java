package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.NameEvidence;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The evidence of a look-up in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Lookup", description = "The look-up of the target's name")
record LookupView(
        @Schema(
                        description = "Source of the answer",
                        allowableValues = {"hosts_file", "dns", "system"},
                        example = "dns")
                String source,
        @Schema(description = "Response code of DNS", example = "NOERROR") @Nullable String code,
        @Schema(
                        description = "The server that answered, or the servers that did not",
                        example = "10.0.0.10:53")
                @Nullable String server,
        @Schema(description = "From the query to the answer, microseconds", example = "410")
                @Nullable Long rttMicros,
        @Schema(
                        description = "Aliases from the name on that was asked for",
                        example = "[\"db.example\", \"db-1.example\"]")
                @Nullable List<String> aliases,
        @Schema(description = "Seconds for which the answer may be used again", example = "30")
                @Nullable Long ttlSeconds,
        @Schema(description = "Whether an earlier answer was used again", example = "false")
                @Nullable Boolean fromCache) {

    static @Nullable LookupView of(@Nullable NameEvidence lookup) {
        return lookup == null
                ? null
                : new LookupView(
                        lookup.source().label(),
                        lookup.code(),
                        lookup.server(),
                        lookup.rttMicros(),
                        lookup.aliases(),
                        lookup.ttlSeconds(),
                        lookup.fromCache());
    }
}
