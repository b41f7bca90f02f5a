package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.result.Event;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Something that happened at a listener, in the event stream. Absent means that it does not apply.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerEvent", description = "Something that happened at a listener")
public record ListenerEventView(
        @Schema(description = "Name of the listener", example = "slow-db") String listener,
        @Schema(
                        description =
                                "The event of the listener or of one of its connections. changed: replaced while its port stayed",
                        allowableValues = {
                            "opened",
                            "changed",
                            "paused",
                            "resumed",
                            "failed",
                            "expired",
                            "deleted",
                            "connection_opened",
                            "connection_rejected",
                            "connection_closed"
                        })
                String event,
        @Schema(description = "When, UTC, in microseconds") Instant at,
        @Schema(
                        description = "State of the listener now. Absent when it was deleted",
                        allowableValues = {"listening", "paused", "expired", "failed"})
                @Nullable String state,
        @Schema(
                        description = "Address on which the listener listens now",
                        example = "127.0.0.1:41822")
                @Nullable String address,
        @Schema(description = "Why it failed", example = "address_in_use") @Nullable String reason,
        @Schema(description = "The connection's number at its listener", example = "17")
                @Nullable Long connection,
        @Schema(description = "The connection's other end", example = "127.0.0.1:51502")
                @Nullable String remoteAddress,
        @Schema(description = "How and by whom the connection was ended", example = "peer_fin")
                @Nullable String end,
        @Schema(description = "Bytes received", example = "5") @Nullable Long bytesIn,
        @Schema(description = "Bytes sent", example = "5") @Nullable Long bytesOut,
        @Schema(
                        description =
                                "How many events of the listener's connections were left out before"
                                        + " this one, since there were too many a second",
                        example = "1200")
                @Nullable Long omitted) {

    public static ListenerEventView of(Event.OfListener told) {
        Long omitted = told.omitted() == 0 ? null : told.omitted();
        return switch (told.event()) {
            case ListenerEvent.Changed changed -> of(changed, omitted);
            case ListenerEvent.Accepted accepted -> of(accepted, omitted);
            case ListenerEvent.Rejected rejected -> of(rejected, omitted);
            case ListenerEvent.Ended ended -> of(ended, omitted);
        };
    }

    private static ListenerEventView of(ListenerEvent.Changed changed, @Nullable Long omitted) {
        ListenerState state = changed.state();
        InetSocketAddress address = changed.address();
        ListenerProblem problem = changed.problem();
        return new ListenerEventView(
                changed.listener(),
                changed.change().label(),
                micros(changed),
                state == null ? null : state.label(),
                address == null ? null : AddressText.of(address),
                problem == null ? null : problem.label(),
                null,
                null,
                null,
                null,
                null,
                omitted);
    }

    private static ListenerEventView of(ListenerEvent.Accepted accepted, @Nullable Long omitted) {
        return new ListenerEventView(
                accepted.listener(),
                "connection_opened",
                micros(accepted),
                null,
                null,
                null,
                accepted.connection(),
                AddressText.of(accepted.remote()),
                null,
                null,
                null,
                omitted);
    }

    private static ListenerEventView of(ListenerEvent.Rejected rejected, @Nullable Long omitted) {
        return new ListenerEventView(
                rejected.listener(),
                "connection_rejected",
                micros(rejected),
                null,
                null,
                null,
                null,
                AddressText.of(rejected.remote()),
                null,
                null,
                null,
                omitted);
    }

    private static ListenerEventView of(ListenerEvent.Ended ended, @Nullable Long omitted) {
        return new ListenerEventView(
                ended.listener(),
                "connection_closed",
                micros(ended),
                null,
                null,
                null,
                ended.connection(),
                AddressText.of(ended.remote()),
                ended.end().label(),
                ended.bytesIn(),
                ended.bytesOut(),
                omitted);
    }

    private static Instant micros(ListenerEvent event) {
        return event.at().truncatedTo(ChronoUnit.MICROS);
    }
}
