package dev.sonde.attempt.step;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.HoldReport.Mechanism;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The timer by which our own kernel gave up a peer, and its meaning.
///
/// Source: `tcp_write_timeout`, `tcp_keepalive_timer` and `tcp_probe_timer` in Linux
/// `net/ipv4/tcp_timer.c`: with TCP_USER_TIMEOUT set, only that decides in all three. The counters
/// of the timer that fired keep their last value.
final class LostPeer {

    private LostPeer() {}

    /// @param info as the connection was left
    static Mechanism mechanism(
            Errno errno, @Nullable Duration userTimeout, @Nullable TcpInfo info) {
        if (errno != Errno.ETIMEDOUT) {
            return Mechanism.ICMP;
        }
        if (userTimeout != null) {
            return Mechanism.USER_TIMEOUT;
        }
        return info != null && info.retransmits() > 0
                ? Mechanism.RETRANSMISSION
                : Mechanism.KEEPALIVE;
    }

    static String describe(Errno errno, Mechanism mechanism, @Nullable TcpInfo info) {
        return errno
                + ": "
                + switch (mechanism) {
                    case KEEPALIVE -> "keepalive probes went unanswered";
                    case RETRANSMISSION ->
                            "data was repeated up to the kernel's limit (tcp_retries2) and never"
                                    + " acknowledged";
                    case USER_TIMEOUT ->
                            isWindowShut(info)
                                    ? "the peer took nothing for longer than the user timeout"
                                            + " (zero window): it may be well and only not reading"
                                    : "nothing was acknowledged for longer than the user timeout";
                    case ICMP ->
                            "the path says that the host cannot be reached, or nobody answers for"
                                    + " its address";
                    case FIN, RST -> "the peer ended it";
                }
                + ";";
    }

    private static boolean isWindowShut(@Nullable TcpInfo info) {
        return info != null && Objects.equals(info.sndWnd(), 0L);
    }
}
