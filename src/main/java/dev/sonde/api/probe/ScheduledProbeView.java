package dev.sonde.api.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.api.result.ResultView;
import dev.sonde.form.DurationText;
import dev.sonde.form.SettingsForm;
import dev.sonde.form.condition.ExpectForm;
import dev.sonde.maintenance.UnderMaintenance;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.security.SentBytes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A scheduled probe in an answer: its definition and the state of its target.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Probe", description = "A target that is probed again and again")
@Paged(
        value = "A stretch of a list of probes",
        name = "ProbePage",
        order = "In the order of their names",
        cursor = "orders-db")
record ScheduledProbeView(
        @Schema(description = "Unique", example = "orders-db") String name,
        @Schema(description = "As given", example = "127.0.0.1:8080") String target,
        @Schema(description = "Between the starts of two runs", example = "10s") String interval,
        @Schema(description = "The timeout, and what is not as it is by default")
                @Nullable SettingsForm settings,
        @Schema(
                        description = "The name of the settings, where they are a module's",
                        example = "tcp_connect")
                @Nullable String module,
        @Schema(description = "For filters", example = "{\"team\": \"payments\"}")
                Map<String, String> labels,
        @Schema(description = "A paused probe does not run") boolean paused,
        @Schema(description = "Successes in a row until it is up", example = "2") int rise,
        @Schema(description = "Failures in a row until it is down", example = "3") int fall,
        @Schema(description = "Expectation on each run; success when absent")
                @Nullable ExpectForm expect,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "The state of the target by its latest runs",
                        allowableValues = {"pending", "up", "degraded", "down", "paused"})
                String state,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "When the state was entered, UTC, in milliseconds")
                Instant stateSince,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "The latest scheduled run's result; absent before the first one")
                @Nullable ResultView last,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "When it runs next, UTC, in milliseconds; absent while paused")
                @Nullable Instant nextRunAt,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "The latest scheduled runs, where they asked nothing of the target")
                @Nullable NotProbedView notProbed,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "The maintenance that it is under; absent where there is none")
                @Nullable UnderMaintenanceView maintenance,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "The replica that runs it",
                        example = "sonde-0")
                String owner,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "api, or the set of definitions that owns it",
                        example = "api")
                String source,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Reasons why runs cannot reach the target, such as a denied address;"
                                        + " absent when there are none")
                @Nullable List<String> warnings) {

    /// The same as lists show it.
    ScheduledProbeView withoutTimeline() {
        return last == null
                ? this
                : new ScheduledProbeView(
                        name,
                        target,
                        interval,
                        settings,
                        module,
                        labels,
                        paused,
                        rise,
                        fall,
                        expect,
                        state,
                        stateSince,
                        last.withoutTimeline(),
                        nextRunAt,
                        notProbed,
                        maintenance,
                        owner,
                        source,
                        warnings);
    }

    static ScheduledProbeView of(
            ProbeSnapshot probe,
            @Nullable ProbeResult last,
            @Nullable UnderMaintenance under,
            String owner,
            List<String> warnings) {
        ProbeDefinition definition = probe.definition();
        ProbeSpec spec = definition.spec();
        Instant next = probe.nextRunAt();
        NotProbedStreak streak = probe.notProbed();
        return new ScheduledProbeView(
                definition.name(),
                spec.target().toString(),
                DurationText.format(spec.interval()),
                spec.module() == null ? shown(SettingsForm.of(spec.settings())) : null,
                spec.module(),
                new TreeMap<>(spec.labels()),
                spec.paused(),
                spec.thresholds().rise(),
                spec.thresholds().fall(),
                ExpectForm.of(spec.settings().expect()),
                probe.health().state().label(),
                probe.health().since().truncatedTo(ChronoUnit.MILLIS),
                last == null ? null : ResultView.of(last),
                next == null ? null : next.truncatedTo(ChronoUnit.MILLIS),
                streak == null ? null : NotProbedView.of(streak),
                under == null ? null : UnderMaintenanceView.of(under),
                owner,
                Objects.requireNonNullElse(definition.source(), "api"),
                warnings.isEmpty() ? null : warnings);
    }

    private static SettingsForm shown(SettingsForm settings) {
        return SentBytes.areShown() ? settings : settings.withoutSent();
    }
}
