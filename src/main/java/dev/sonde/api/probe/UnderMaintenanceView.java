package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.maintenance.UnderMaintenance;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The maintenance that a probe is under, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "UnderMaintenance", description = "The maintenance that a probe is under")
record UnderMaintenanceView(
        @Schema(description = "Its id, as /api/v1/maintenances has it") UUID id,
        @Schema(description = "End of its present window, UTC") Instant until,
        @Schema(description = "A text for people") @Nullable String comment) {

    static UnderMaintenanceView of(UnderMaintenance under) {
        return new UnderMaintenanceView(
                under.maintenance().id(),
                under.window().to().truncatedTo(ChronoUnit.MILLIS),
                under.maintenance().comment());
    }
}
