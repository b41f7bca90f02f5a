package dev.sonde.probe.spec;

import java.time.Duration;

/// Writes to a connection until all bytes are through or nothing moves any more. This is traffic,
/// so the policy has to allow it for the target.
///
/// @param bytes zeros to be written; 1 to 1 GiB
/// @param stallTimeout how long nothing may move before that counts as a stall; 10 ms to 1 min
/// @param limit how long the whole may take; 10 ms to 10 min
public record FloodSettings(long bytes, Duration stallTimeout, Duration limit)
        implements StepSettings {

    public static final long DEFAULT_BYTES = 8L << 20;
    public static final long MOST_BYTES = 1L << 30;
    public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST_STALL = Duration.ofMinutes(1);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(10);

    public FloodSettings {
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("1 to " + MOST_BYTES + " bytes");
        }
        requireStallTimeout(stallTimeout);
        requireLimit(limit);
    }

    /// Hands back a duration in range.
    ///
    /// @throws IllegalArgumentException where it is not
    public static Duration requireStallTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST_STALL) > 0) {
            throw new IllegalArgumentException("a stall counts after 10ms to 1m");
        }
        return timeout;
    }

    /// Hands back a duration in range.
    ///
    /// @throws IllegalArgumentException where it is not
    public static Duration requireLimit(Duration limit) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException("a flood lasts 10ms to 10m");
        }
        return limit;
    }

    @Override
    public Phase phase() {
        return Phase.FLOOD;
    }

    @Override
    public Duration longest() {
        return limit;
    }
}
