package dev.sonde.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A certificate of a chain as an address last presented it to a probe.
///
/// @param address `a.b.c.d:port` or `[v6]:port`
/// @param subject a distinguished name, as the issuer is
/// @param isVerified whether the chain was found good; absent where nothing was verified
/// @param reason why the handshake failed; absent where it did not
/// @param seenAt start of the latest run that saw it
public record Presented(
        String probe,
        String target,
        String address,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        @Nullable Boolean isVerified,
        @Nullable String reason,
        Instant seenAt) {

    /// The share of its lifetime that is left, 0 to 1.
    public double lifetimeLeft(Instant now) {
        long whole = Duration.between(notBefore, notAfter).toSeconds();
        long left = Duration.between(now, notAfter).toSeconds();
        return whole <= 0 ? 0 : Math.clamp((double) left / whole, 0, 1);
    }

    /// Whole days until its end; negative after it.
    public long daysLeft(Instant now) {
        return Math.floorDiv(
                Duration.between(now, notAfter).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
