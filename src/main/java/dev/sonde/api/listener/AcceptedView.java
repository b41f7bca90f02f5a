package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.result.ServerTlsView;
import dev.sonde.api.result.TimelineEventView;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.spec.AddressText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A connection that a listener accepted, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerConnection", description = "A connection that a listener accepted")
record AcceptedView(
        @Schema(description = "Grows with every connection", example = "17") long id,
        @Schema(description = "The peer", example = "127.0.0.1:51502") String remoteAddress,
        @Schema(description = "The listener's end", example = "127.0.0.1:41822")
                String localAddress,
        @Schema(description = "UTC, in microseconds") Instant acceptedAt,
        @Schema(description = "First byte received") @Nullable Instant firstByteInAt,
        @Schema(description = "Latest byte received") @Nullable Instant lastByteInAt,
        @Schema(description = "First byte sent") @Nullable Instant firstByteOutAt,
        @Schema(description = "Latest byte sent") @Nullable Instant lastByteOutAt,
        @Schema(description = "Bytes received", example = "5") long bytesIn,
        @Schema(description = "Bytes sent", example = "5") long bytesOut,
        @Schema(description = "Absent while it is open") @Nullable Instant endedAt,
        @Schema(
                        description = "How and by whom it ended; absent while it is open",
                        allowableValues = {
                            "peer_fin",
                            "peer_rst",
                            "our_fin",
                            "our_rst",
                            "idle",
                            "lifetime",
                            "byte_limit",
                            "tls_alert",
                            "tls_failed",
                            "upstream_fin",
                            "upstream_rst",
                            "upstream_failed",
                            "fault_fin",
                            "fault_rst",
                            "listener_closed",
                            "error"
                        })
                @Nullable String end,
        @Schema(description = "The start of what the peer sent, in base64", example = "aGVsbG8=")
                String recorded,
        @Schema(
                        description = "The participant that ended it; absent while it is open",
                        allowableValues = {"client", "sonde", "upstream"})
                @Nullable String endedBy,
        @Nullable ServerTlsView tls,
        @Nullable UpstreamView upstream,
        @Schema(
                        description =
                                "Oldest first, in microseconds since the listener was found ready to"
                                        + " accept it")
                List<TimelineEventView> timeline,
        @Schema(
                        description =
                                "The replica that accepted it, if every replica opens the listener",
                        example = "sonde-1")
                @Nullable String replica) {

    static AcceptedView of(ConnectionView seen) {
        ConnectionEnd end = seen.end();
        return new AcceptedView(
                seen.id(),
                AddressText.of(seen.remote()),
                AddressText.of(seen.local()),
                seen.acceptedAt().truncatedTo(ChronoUnit.MICROS),
                micros(seen.in().firstAt()),
                micros(seen.in().lastAt()),
                micros(seen.out().firstAt()),
                micros(seen.out().lastAt()),
                seen.in().bytes(),
                seen.out().bytes(),
                micros(seen.endedAt()),
                end == null ? null : end.label(),
                seen.recorded(),
                end == null ? null : end.endedBy().name().toLowerCase(Locale.ROOT),
                ServerTlsView.of(seen.handshake()),
                UpstreamView.of(seen.upstream()),
                seen.timeline().stream().map(TimelineEventView::of).toList(),
                null);
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }
}
