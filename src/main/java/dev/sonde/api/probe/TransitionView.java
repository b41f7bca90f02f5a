package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.probe.finding.Transition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of a probe's state in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Transition", description = "A change of a probe's state")
@Paged(
        value = "A stretch of a list of changes of state",
        name = "TransitionPage",
        order = "Newest first",
        cursor = "4711")
public record TransitionView(
        @Schema(description = "Name of the probe", example = "orders-db") String probe,
        @Schema(
                        description = "The state before",
                        allowableValues = {"pending", "up", "degraded", "down", "paused"})
                String from,
        @Schema(
                        description = "The state after",
                        allowableValues = {"pending", "up", "degraded", "down", "paused"})
                String to,
        @Schema(description = "When, UTC, in milliseconds") Instant at,
        CauseView cause,
        @Schema(description = "true where the probe was under maintenance; absent otherwise")
                @Nullable Boolean inMaintenance) {

    /// The cause of a change.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Cause", description = "The cause of a change of state")
    record CauseView(
            @Schema(description = "The result's reason, or paused or resumed", example = "refused")
                    String reason,
            @Schema(
                            description =
                                    "The conditions that the result missed; absent where it missed none",
                            example = "rtt is 31ms, expected <20ms")
                    @Nullable String detail,
            @Schema(
                            description =
                                    "The result that reached the threshold; absent when a person did it")
                    @Nullable UUID resultId) {}

    public static TransitionView of(Transition transition) {
        return new TransitionView(
                transition.probe(),
                transition.from().label(),
                transition.to().label(),
                transition.at().truncatedTo(ChronoUnit.MILLIS),
                new CauseView(
                        transition.cause().reason(),
                        transition.cause().detail(),
                        transition.cause().resultId()),
                transition.inMaintenance() ? (Boolean) true : null);
    }
}
