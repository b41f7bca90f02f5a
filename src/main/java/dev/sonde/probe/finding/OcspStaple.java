package dev.sonde.probe.finding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The OCSP response on the peer's certificate that was stapled to a handshake (RFC 6960). Its
/// signature is not verified.
///
/// @param producedAt when the responder signed it
/// @param thisUpdate when the status was known to be right
/// @param nextUpdate when newer information will be available; absent if it always is
/// @param revokedAt absent unless the certificate was revoked
public record OcspStaple(
        Status status,
        @Nullable Instant producedAt,
        @Nullable Instant thisUpdate,
        @Nullable Instant nextUpdate,
        @Nullable Instant revokedAt) {

    public enum Status {
        GOOD,
        REVOKED,
        /// The responder does not know the certificate.
        UNKNOWN,
        /// The responder could or would not answer; there are no times then.
        UNSUCCESSFUL,
        /// It is no OCSP response; there are no times then.
        UNREADABLE
    }

    /// A response without times.
    public static OcspStaple of(Status status) {
        return new OcspStaple(status, null, null, null, null);
    }
}
