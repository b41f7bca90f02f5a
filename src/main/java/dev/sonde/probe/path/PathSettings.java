package dev.sonde.probe.path;

import java.time.Duration;

/// The request for the path to a target.
///
/// @param maxHops the greatest TTL of a SYN, 1 to 64
/// @param timeout of the whole path, 100 ms to 1 min
public record PathSettings(int maxHops, Duration timeout) {

    public static final int MOST_HOPS = 64;
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    public static final PathSettings DEFAULT = new PathSettings(30, Duration.ofSeconds(3));

    public PathSettings {
        if (maxHops < 1 || maxHops > MOST_HOPS) {
            throw new IllegalArgumentException("a path has from 1 to " + MOST_HOPS + " hops");
        }
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a path takes from 100ms to 1m");
        }
    }

    public PathSettings withMaxHops(int hops) {
        return new PathSettings(hops, timeout);
    }

    public PathSettings withTimeout(Duration limit) {
        return new PathSettings(maxHops, limit);
    }
}
