package dev.sonde.listen.spec;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A listener as it outlives a restart.
///
/// @param since when it was created or replaced; its time to live counts from here
/// @param address where it listened last; absent before it ever did
public record StoredListener(
        ListenerSpec spec, Instant since, boolean paused, @Nullable InetSocketAddress address) {

    /// When its time is over; absent where it has no end.
    public @Nullable Instant expiresAt() {
        return spec.ttl() == null ? null : since.plus(spec.ttl());
    }
}
