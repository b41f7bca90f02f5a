package dev.sonde.api.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.form.DurationText;
import dev.sonde.maintenance.CronTiming;
import dev.sonde.maintenance.Maintenance;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.OnceTiming;
import dev.sonde.maintenance.Timing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A maintenance in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Maintenance", description = "Windows in which some probes are under maintenance")
@Paged(
        value = "A stretch of the list of maintenances",
        name = "MaintenancePage",
        order = "Newest first",
        cursor = "4711")
record MaintenanceView(
        @Schema(description = "Sorts by time of creation") UUID id,
        @Schema(
                        description =
                                "Labels of its probes, separated by commas; absent with probes",
                        example = "team=payments")
                @Nullable String label,
        @Schema(description = "Names of its probes; absent with label")
                @Nullable List<String> probes,
        @Schema(description = "Begin of the only window; absent with cron") @Nullable Instant from,
        @Schema(description = "End of the only window, exclusive; absent with cron")
                @Nullable Instant to,
        @Schema(description = "Begin of windows by the clock of the zone", example = "30 2 * * SUN")
                @Nullable String cron,
        @Schema(description = "Length of every window of cron", example = "1h")
                @Nullable String duration,
        @Schema(description = "Time zone of cron", example = "Europe/Berlin") @Nullable String zone,
        @Schema(description = "A text for people") @Nullable String comment,
        @Schema(description = "When it was created, UTC") Instant createdAt,
        @Schema(description = "Whether a window goes on now") boolean active,
        @Schema(description = "Number of probes that it selects now") int matches,
        @Schema(description = "The next three windows, the present one included")
                List<WindowView> windows) {

    private static final int WINDOWS = 3;

    static MaintenanceView of(Maintenance maintenance, int matches, Instant now) {
        Timing timing = maintenance.timing();
        MaintenanceWindow only =
                timing instanceof OnceTiming(MaintenanceWindow window) ? window : null;
        CronTiming cron = timing instanceof CronTiming repeated ? repeated : null;
        List<String> labels = maintenance.selection().labels();
        List<MaintenanceWindow> windows = timing.next(now, WINDOWS);
        return new MaintenanceView(
                maintenance.id(),
                labels.isEmpty() ? null : String.join(",", labels),
                labels.isEmpty()
                        ? maintenance.selection().probes().stream().sorted().toList()
                        : null,
                only == null ? null : only.from().truncatedTo(ChronoUnit.MILLIS),
                only == null ? null : only.to().truncatedTo(ChronoUnit.MILLIS),
                cron == null ? null : cron.cron(),
                cron == null ? null : DurationText.format(cron.duration()),
                cron == null ? null : cron.zone().getId(),
                maintenance.comment(),
                maintenance.createdAt().truncatedTo(ChronoUnit.MILLIS),
                !windows.isEmpty() && windows.getFirst().contains(now),
                matches,
                windows.stream().map(WindowView::of).toList());
    }
}
