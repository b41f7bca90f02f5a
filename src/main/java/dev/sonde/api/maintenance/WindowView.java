package dev.sonde.api.maintenance;

import dev.sonde.maintenance.MaintenanceWindow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One window of a maintenance, in an answer.
@Schema(name = "MaintenanceWindow", description = "One window of a maintenance")
record WindowView(
        @Schema(description = "Its begin, UTC") Instant from,
        @Schema(description = "Its end, UTC, exclusive") Instant to) {

    static WindowView of(MaintenanceWindow window) {
        return new WindowView(
                window.from().truncatedTo(ChronoUnit.MILLIS),
                window.to().truncatedTo(ChronoUnit.MILLIS));
    }
}
