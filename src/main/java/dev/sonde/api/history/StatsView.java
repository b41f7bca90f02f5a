package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.history.Statistics;
import dev.sonde.history.Totals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Figures of a window in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Stats", description = "Counts and latency of the runs of a window")
record StatsView(
        @Schema(description = "The window as it was asked for", example = "24h")
                @Nullable String window,
        @Schema(description = "The label of the group; absent for one probe")
                @Nullable Map<String, String> labels,
        @Schema(description = "Probes in the group; absent for one probe") @Nullable Integer probes,
        @Schema(description = "The start that was used, a whole step of the finest roll-ups kept")
                Instant from,
        @Schema(description = "The end that was used") Instant to,
        @Schema(description = "All scheduled runs") long runs,
        @Schema(description = "Runs that succeeded") long succeeded,
        @Schema(description = "Runs that failed") long failed,
        @Schema(description = "Runs that asked nothing of the target") long notProbed,
        @Schema(description = "Runs under maintenance, which do not count in uptime")
                long inMaintenance,
        @Schema(
                        description =
                                "The share of the decided runs outside of maintenance that were as"
                                        + " expected, 0 to 1; absent with none",
                        minimum = "0",
                        maximum = "1")
                @Nullable Double uptime,
        @Schema(description = "Incidents that began or lasted in the window") long incidents,
        @Schema(description = "Seconds of incidents in which runs watched the target")
                long downSeconds,
        @Schema(description = "Seconds in which runs watched the target") long watchedSeconds,
        @Schema(description = "Time from which figures of the window exist; absent with no run")
                @Nullable Instant dataSince,
        @Nullable LatencyView connect,
        @Nullable LatencyView rtt,
        @Schema(description = "From the planned start of runs to their actual one")
                @Nullable LatencyView lateness,
        @Schema(description = "SYNs that were repeated") long synRetransmits) {

    /// The subject of the figures.
    record Subject(
            @Nullable String window,
            @Nullable Map<String, String> labels,
            @Nullable Integer probes,
            Instant from,
            Instant to) {}

    static StatsView of(Subject subject, Statistics statistics) {
        Totals totals = statistics.totals();
        return new StatsView(
                subject.window(),
                subject.labels(),
                subject.probes(),
                subject.from().truncatedTo(ChronoUnit.MILLIS),
                subject.to().truncatedTo(ChronoUnit.MILLIS),
                totals.runs(),
                totals.succeeded(),
                totals.failed(),
                totals.notProbed(),
                totals.inMaintenance(),
                statistics.uptime(),
                statistics.incidents(),
                TimeUnit.MILLISECONDS.toSeconds(statistics.downMillis()),
                TimeUnit.MILLISECONDS.toSeconds(statistics.watchedMillis()),
                statistics.dataSince(),
                LatencyView.of(totals.connect()),
                LatencyView.of(totals.rtt()),
                LatencyView.of(totals.lateness()),
                totals.synRetransmits());
    }
}
