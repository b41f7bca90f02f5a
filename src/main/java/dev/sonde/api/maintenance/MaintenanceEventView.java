package dev.sonde.api.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.maintenance.Maintenance;
import dev.sonde.maintenance.MaintenanceEvent;
import dev.sonde.maintenance.MaintenanceWindow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The begin or the end of a maintenance's window, in the event stream.
///
/// @param event `began` or `ended`
/// @param to the planned end
/// @param label as in the maintenance, as are `probes` and `comment`
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MaintenanceEventView(
        UUID maintenance,
        String event,
        Instant at,
        Instant from,
        Instant to,
        @Nullable String label,
        @Nullable List<String> probes,
        @Nullable String comment) {

    public static MaintenanceEventView of(MaintenanceEvent told) {
        Maintenance maintenance = told.under().maintenance();
        MaintenanceWindow window = told.under().window();
        List<String> labels = maintenance.selection().labels();
        return new MaintenanceEventView(
                maintenance.id(),
                told.isBegin() ? "began" : "ended",
                told.at().truncatedTo(ChronoUnit.MILLIS),
                window.from().truncatedTo(ChronoUnit.MILLIS),
                window.to().truncatedTo(ChronoUnit.MILLIS),
                labels.isEmpty() ? null : String.join(",", labels),
                labels.isEmpty()
                        ? maintenance.selection().probes().stream().sorted().toList()
                        : null,
                maintenance.comment());
    }
}
