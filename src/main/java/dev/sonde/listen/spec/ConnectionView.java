package dev.sonde.listen.spec;

import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.tls.ServerTlsReport;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An accepted connection at one instant.
///
/// @param id its number, unique in this process and growing
/// @param in traffic from the peer
/// @param out traffic to the peer
/// @param endedAt absent while it is open
/// @param end how and by whom it ended; absent while it is open
/// @param recorded the start of what the peer sent, in base64
/// @param timeline oldest first, in microseconds since its listener was found ready to accept it
/// @param handshake facts of its TLS handshake; absent in clear, and until its end
/// @param upstream the other side of a proxied connection; absent elsewhere
public record ConnectionView(
        long id,
        InetSocketAddress remote,
        InetSocketAddress local,
        Instant acceptedAt,
        Flow in,
        Flow out,
        @Nullable Instant endedAt,
        @Nullable ConnectionEnd end,
        String recorded,
        List<TimelineEvent> timeline,
        @Nullable ServerTlsReport handshake,
        @Nullable Upstream upstream) {

    /// The traffic of one direction.
    ///
    /// @param firstAt absent while nothing has passed
    public record Flow(long bytes, @Nullable Instant firstAt, @Nullable Instant lastAt) {}

    /// The other side of a proxied connection.
    ///
    /// @param remote the address connected to last; absent where it was never known
    /// @param local our own end; absent while it is not connected
    /// @param in what came from the upstream
    /// @param out what was sent to the upstream
    /// @param failure the reason why it cannot be connected to
    /// @param recorded the start of what the upstream sent, in base64
    public record Upstream(
            @Nullable InetSocketAddress remote,
            @Nullable InetSocketAddress local,
            Flow in,
            Flow out,
            @Nullable String failure,
            String recorded) {}

    /// The recorded bytes.
    public byte[] recordedBytes() {
        return Base64.getDecoder().decode(recorded);
    }
}
