package dev.sonde.api.probe;

import dev.sonde.schedule.plan.NotProbedStreak;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Scheduled runs in a row that asked nothing of the target.
@Schema(
        name = "NotProbed",
        description = "Scheduled runs in a row that asked nothing of the target")
record NotProbedView(
        @Schema(description = "When the first of them ended, UTC, in milliseconds") Instant since,
        @Schema(description = "Number of these runs", example = "12") int runs,
        @Schema(description = "Reason of the latest of these runs", example = "overloaded")
                String reason) {

    static NotProbedView of(NotProbedStreak streak) {
        return new NotProbedView(
                streak.since().truncatedTo(ChronoUnit.MILLIS),
                streak.runs(),
                streak.reason().label());
    }
}
