package dev.sonde.maintenance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Windows in which some probes are under maintenance.
///
/// @param comment for people
public record Maintenance(
        UUID id, Selection selection, Timing timing, @Nullable String comment, Instant createdAt) {

    public static final int LONGEST_COMMENT = 1_000;

    /// The window that goes on at an instant; absent where none does. Windows of an expression
    /// begin with the maintenance's creation at the earliest.
    @Nullable MaintenanceWindow at(Instant instant) {
        MaintenanceWindow window = timing.next(instant);
        boolean isTooEarly = timing instanceof CronTiming && instant.isBefore(createdAt);
        return window == null || isTooEarly || !window.contains(instant) ? null : window;
    }
}
