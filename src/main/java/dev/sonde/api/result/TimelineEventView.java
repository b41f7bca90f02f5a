package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.TimelineEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event of a timeline in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TimelineEvent", description = "Something that happened to an attempt")
public record TimelineEventView(
        @Schema(
                        description = "Microseconds since connect_called, on one monotonic clock",
                        example = "61")
                long atMicros,
        @Schema(
                        description =
                                "Side of the event: prober, or the own listener that the probe met",
                        allowableValues = {"client", "listener"})
                String side,
        @Schema(description = "Word of the event", example = "connect_ready") String event,
        @Schema(
                        description =
                                "Longest time that the event may have waited for the prober's "
                                        + "event loop, microseconds; absent for the prober's own "
                                        + "actions",
                        example = "3")
                @Nullable Long lagMicros,
        @Schema(description = "How many, for syn_retransmitted", example = "1")
                @Nullable Integer count,
        @Schema(description = "Name of the error number, for error", example = "ECONNREFUSED")
                @Nullable String errno) {

    /// The events of an attempt; absent where there are none.
    static @Nullable List<TimelineEventView> of(List<TimelineEvent> events) {
        if (events.isEmpty()) {
            return null;
        }
        List<TimelineEventView> views = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            views.add(of(events.get(i)));
        }
        return views;
    }

    public static TimelineEventView of(TimelineEvent event) {
        return new TimelineEventView(
                event.atMicros(),
                event.side().label(),
                event.kind().label(),
                event.lagMicros(),
                event.count(),
                event.errno());
    }
}
