package dev.sonde.attempt.step;

import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.FloodReport.Stall;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why nothing moves on a connection, by the kernel's counters, and what that means.
final class StallWatch {

    /// The zero window's probes come at growing distances; two unanswered ones are no accident.
    private static final int PROBES_OF_A_DEAD_PEER = 2;

    private StallWatch() {}

    /// @param newRetransmits segments sent again since the flood began. The retransmission timer
    ///     itself proves nothing: it also counts while its segments wait in this host's own queue.
    static Stall of(@Nullable TcpInfo info, @Nullable Long newRetransmits) {
        if (info == null) {
            return Stall.UNKNOWN;
        }
        if (info.unacked() > 0 && info.retransmits() > 0) {
            return Objects.equals(newRetransmits, 0L) ? Stall.SEND_BUFFER : Stall.LOSS;
        }
        if (isShut(info)) {
            return info.probes() < PROBES_OF_A_DEAD_PEER
                    ? Stall.ZERO_WINDOW
                    : Stall.ZERO_WINDOW_PEER_GONE;
        }
        return Stall.SEND_BUFFER;
    }

    /// A window smaller than a segment counts as zero. With nothing in flight the kernel waits for
    /// a larger one (`tcp_snd_wnd_test`), and soon begins to probe it.
    private static boolean isShut(TcpInfo info) {
        long window = Objects.requireNonNullElse(info.sndWnd(), 0L);
        boolean isTooSmall = info.unacked() == 0 && window < info.sndMss();
        return (window == 0 || isTooSmall) && Objects.requireNonNullElse(info.notSent(), 1L) > 0;
    }

    /// @param taken how much of how much went out, in words
    static Outcome outcome(Stall stall, Duration nothingMoved, String taken) {
        String when =
                "nothing moved for %d ms after %s: ".formatted(nothingMoved.toMillis(), taken);
        return switch (stall) {
            case ZERO_WINDOW ->
                    new Outcome.Failed(
                            FailureReason.SEND_STALLED_ZERO_WINDOW,
                            Phase.FLOOD,
                            when
                                    + "the peer's window is zero, and it answers the probes of it:"
                                    + " its host is alive, its program does not read");
            case ZERO_WINDOW_PEER_GONE ->
                    new Outcome.Failed(
                            FailureReason.SEND_STALLED_ZERO_WINDOW,
                            Phase.FLOOD,
                            when
                                    + "the peer's window is zero, and it no longer answers the"
                                    + " probes of it: its host or the path is gone");
            case LOSS ->
                    new Outcome.Failed(
                            FailureReason.SEND_STALLED_LOSS,
                            Phase.FLOOD,
                            when
                                    + "what was sent is repeated and not acknowledged, although the"
                                    + " peer would take more: it gets lost on the way");
            case SEND_BUFFER ->
                    new Outcome.NotProbed(
                            NotProbedReason.LOCAL_ERROR,
                            Phase.FLOOD,
                            when
                                    + "the peer would take more and nothing is lost: our own send"
                                    + " buffer or network queue holds it back");
            case UNKNOWN ->
                    new Outcome.NotProbed(
                            NotProbedReason.LOCAL_ERROR,
                            Phase.FLOOD,
                            when + "the kernel cannot be asked why");
        };
    }
}
