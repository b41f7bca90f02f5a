package dev.sonde.probe.spec;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps a connection and reports its end.
///
/// @param hold how long; 10 ms to 24 h
/// @param keepalive the kernel's own probes on an idle connection; none when absent
/// @param userTimeout how long data may stay unacknowledged (TCP_USER_TIMEOUT, RFC 5482), 1 ms to
///     24 h. When absent, the system's retransmission limit decides.
/// @param send the periodic payload; none when absent
public record HoldSettings(
        Duration hold,
        @Nullable Keepalive keepalive,
        @Nullable Duration userTimeout,
        @Nullable Sending send)
        implements StepSettings {

    public static final Duration SHORTEST = Duration.ofMillis(10);
    public static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration SHORTEST_USER_TIMEOUT = Duration.ofMillis(1);

    /// When the kernel probes an idle connection.
    ///
    /// @param idle without traffic before the first probe; 1 s to 32,767 s (tcp(7))
    /// @param interval between probes; likewise
    /// @param count unanswered probes after which the peer is given up; 1 to 127
    public record Keepalive(Duration idle, Duration interval, int count) {

        public static final int MOST_PROBES = 127;
        private static final Duration SECOND = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofSeconds(32_767);

        public Keepalive {
            requireSeconds(idle);
            requireSeconds(interval);
            if (count < 1 || count > MOST_PROBES) {
                throw new IllegalArgumentException("1 to " + MOST_PROBES + " probes");
            }
        }

        /// Hands back a duration that the kernel's options can hold.
        ///
        /// @throws IllegalArgumentException where they cannot
        public static Duration requireSeconds(Duration duration) {
            if (duration.compareTo(SECOND) < 0
                    || duration.compareTo(LONGEST) > 0
                    || duration.toNanosPart() != 0) {
                throw new IllegalArgumentException("whole seconds, 1s to 32767s");
            }
            return duration;
        }
    }

    /// The periodic payload.
    ///
    /// @param every from the start of one to the start of the next; 10 ms to 1 h
    /// @param bytes each time, all of them zero; 1 to 65,536
    public record Sending(Duration every, int bytes) {

        public static final int MOST_BYTES = 65_536;
        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofHours(1);

        public Sending {
            if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("every 10ms to 1h");
            }
            if (bytes < 1 || bytes > MOST_BYTES) {
                throw new IllegalArgumentException("1 to " + MOST_BYTES + " bytes");
            }
        }
    }

    public HoldSettings {
        if (hold.compareTo(SHORTEST) < 0 || hold.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a connection is held for 10ms to 24h");
        }
        if (userTimeout != null) {
            requireUserTimeout(userTimeout);
        }
    }

    /// Hands back a duration that TCP_USER_TIMEOUT can hold.
    ///
    /// @throws IllegalArgumentException where it cannot
    public static Duration requireUserTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_USER_TIMEOUT) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a user timeout is from 1ms to 24h");
        }
        return timeout;
    }

    @Override
    public Phase phase() {
        return Phase.HOLD;
    }

    @Override
    public Duration longest() {
        return hold;
    }
}
