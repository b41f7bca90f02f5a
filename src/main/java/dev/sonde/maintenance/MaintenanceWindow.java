package dev.sonde.maintenance;

import java.time.Instant;

/// One stretch of a maintenance.
///
/// @param to exclusive
public record MaintenanceWindow(Instant from, Instant to) {

    public MaintenanceWindow {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after its beginning");
        }
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
