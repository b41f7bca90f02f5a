package dev.sonde.api.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of all probes in an answer.
@Schema(name = "Status", description = "The status of all probes")
record StatusView(
        @Schema(description = "Time of the figures") Instant asOf,
        @Schema(description = "The probes in the order of their names") List<Item> items) {

    static final String EXAMPLE =
            """
            {"asOf": "2026-11-28T12:00:00Z", "items": [{"name": "orders-db", "state": "up", \
            "since": "2026-11-27T08:00:00Z", "uptime24h": 0.9991, "uptime30d": 0.9998, \
            "incidents": [{"from": "2026-11-27T07:58:40Z", "to": "2026-11-27T08:00:00Z"}]}]}""";

    /// The status of one probe.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ProbeStatus", description = "The status of one probe")
    record Item(
            @Schema(description = "Name of the probe", example = "orders-db") String name,
            @Schema(description = "Host and port. Only with sonde.page.public-targets")
                    @Nullable String target,
            @Schema(description = "State of the target, or maintenance", example = "up")
                    String state,
            @Schema(description = "Begin of the state. Absent when unknown")
                    @Nullable Instant since,
            @Schema(
                            description =
                                    "Share of the decided runs of 24 hours that succeeded, 0 to 1."
                                            + " Absent without any")
                    @Nullable Double uptime24h,
            @Schema(description = "Share of the decided runs of 30 days that succeeded, 0 to 1.")
                    @Nullable Double uptime30d,
            @Schema(description = "Incidents of the last 7 days, newest first, at most 10")
                    List<Outage> incidents) {}

    /// An incident without its reason.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Outage", description = "The time for which a probe was down")
    record Outage(
            @Schema(description = "Begin of the incident") Instant from,
            @Schema(description = "End of the incident. Absent while it is open")
                    @Nullable Instant to) {}
}
