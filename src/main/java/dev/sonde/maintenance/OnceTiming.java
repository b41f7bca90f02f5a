package dev.sonde.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A single window.
public record OnceTiming(MaintenanceWindow window) implements Timing {

    @Override
    public @Nullable MaintenanceWindow next(Instant after) {
        return after.isBefore(window.to()) ? window : null;
    }
}
