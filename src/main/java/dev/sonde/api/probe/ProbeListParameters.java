package dev.sonde.api.probe;

import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.Query;
import dev.sonde.api.request.ViewParameter;
import dev.sonde.probe.finding.Outcome;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of probes that a query asks for.
record ProbeListParameters(
        @Parameter(
                        description = "Only probes in this state",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            "pending",
                                            "up",
                                            "degraded",
                                            "down",
                                            "paused"
                                        }))
                @Nullable String state,
        @Parameter(
                        description = "Only probes whose last run has this outcome",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            Outcome.SUCCEEDED,
                                            Outcome.FAILED,
                                            Outcome.NOT_PROBED
                                        }))
                @Nullable String outcome,
        @Parameter(
                        description = "Only probes whose last run has this reason, such as refused",
                        schema = @Schema(type = "string"))
                @Nullable String reason,
        @Parameter(
                        description = "Only probes of this target; * matches any text, as in db*",
                        schema = @Schema(type = "string", maxLength = 300))
                @Nullable String target,
        @Parameter(
                        description =
                                "Only probes with this text in name, target or a label's value",
                        schema = @Schema(type = "string", maxLength = 300))
                @Nullable String q,
        @Parameter(
                        description = "The order; with - before it the greatest comes first",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            "name",
                                            "-name",
                                            "stateSince",
                                            "-stateSince"
                                        }))
                @Nullable String sort,
        @ViewParameter @Nullable String view,
        @Parameter(
                        description = "`timeline` adds the timeline of each probe's last result",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {ProbeListParameters.TIMELINE}))
                @Nullable String include,
        @LimitParameter @Nullable String limit,
        @CursorParameter @Nullable String cursor) {

    static final String TIMELINE = "timeline";

    /// Whether only the definitions are asked for.
    boolean isDefinition() {
        return Query.isDefinition(view);
    }

    boolean hasTimeline() {
        return include != null
                && Query.word("include", include, List.of(TIMELINE)).equals(TIMELINE);
    }
}
