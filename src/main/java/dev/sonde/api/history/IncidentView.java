package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.document.ClosedList;
import dev.sonde.api.document.WordOf;
import dev.sonde.api.request.Paged;
import dev.sonde.history.Incident;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An incident in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Incident", description = "The time for which a probe was down")
@Paged(
        value = "A stretch of a list of incidents",
        name = "IncidentPage",
        order = "Newest first",
        cursor = "4711")
record IncidentView(
        @Schema(description = "The id of the incident") UUID id,
        @Schema(description = "Name of the probe", example = "orders-db") String probe,
        @Schema(description = "Start of the first failed run of the row that made the probe down")
                Instant from,
        @Schema(
                        description =
                                "Start of the first good run of the row that made it up, or a "
                                        + "pause; absent while open")
                @Nullable Instant to,
        @Schema(
                        description = "How it ended; absent while it is open",
                        allowableValues = {"up", "degraded", "paused", "deleted"})
                @Nullable String endedBy,
        @Schema(description = "From begin to end or to now, seconds") long tookSeconds,
        @Schema(description = "The phase in which the first run failed", example = "connect")
                @WordOf(ClosedList.PHASE)
                @Nullable String phase,
        @Schema(description = "Why the first run failed", example = "refused")
                @WordOf(ClosedList.REASON)
                String reason,
        @Schema(description = "The reason in one sentence") @Nullable String detail,
        @Schema(description = "The run that began it; kept as long as the incident")
                @Nullable UUID firstResultId,
        @Schema(description = "The good run that ended it, kept likewise; absent while it is open")
                @Nullable UUID lastResultId,
        @Schema(description = "Failed runs from its begin on") long failedRuns,
        @Schema(description = "The probe's labels now") Map<String, String> labels) {

    static IncidentView of(Incident incident, Map<String, String> labels, Instant now) {
        Instant to = incident.to();
        return new IncidentView(
                incident.id(),
                incident.probe(),
                incident.from().truncatedTo(ChronoUnit.MILLIS),
                to == null ? null : to.truncatedTo(ChronoUnit.MILLIS),
                incident.endedBy(),
                incident.took(now).toSeconds(),
                incident.phase() == null ? null : incident.phase().label(),
                incident.reason(),
                incident.detail(),
                incident.firstResultId(),
                incident.lastResultId(),
                incident.failedRuns(),
                labels);
    }
}
