package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.spec.AddressText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The other side of a proxied connection, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerUpstream", description = "The other side of a proxied connection")
record UpstreamView(
        @Schema(description = "The upstream", example = "10.1.2.3:5432")
                @Nullable String remoteAddress,
        @Schema(description = "Our own end; absent while it is not connected")
                @Nullable String localAddress,
        @Schema(description = "First byte received from it") @Nullable Instant firstByteInAt,
        @Schema(description = "Latest byte received from it") @Nullable Instant lastByteInAt,
        @Schema(description = "First byte sent to it") @Nullable Instant firstByteOutAt,
        @Schema(description = "Latest byte sent to it") @Nullable Instant lastByteOutAt,
        @Schema(description = "Bytes received from it", example = "5") long bytesIn,
        @Schema(description = "Bytes sent to it", example = "5") long bytesOut,
        @Schema(
                        description =
                                "Why it cannot be connected to: a reason of probe results, or loop",
                        example = "refused")
                @Nullable String failure,
        @Schema(description = "The start of what it sent, in base64", example = "aGVsbG8=")
                String recorded) {

    static @Nullable UpstreamView of(ConnectionView.@Nullable Upstream seen) {
        if (seen == null) {
            return null;
        }
        return new UpstreamView(
                text(seen.remote()),
                text(seen.local()),
                micros(seen.in().firstAt()),
                micros(seen.in().lastAt()),
                micros(seen.out().firstAt()),
                micros(seen.out().lastAt()),
                seen.in().bytes(),
                seen.out().bytes(),
                seen.failure(),
                seen.recorded());
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
        return address == null ? null : AddressText.of(address);
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }
}
