package dev.sonde.attempt.connect;

import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The outcome of a connect that nothing ended in time, by what the kernel counted meanwhile.
///
/// Source: `tcp_get_info` and `tcp_rcv_synsent_state_process` in Linux `net/ipv4`; each counter was
/// measured in network namespaces.
final class UnansweredSyn {

    private final String within;
    private final List<TimelineEvent> timeline;
    private final @Nullable TcpInfo first;
    private final @Nullable TcpInfo info;
    private final long ignored;

    /// @param account of the socket in SYN_SENT; empty where the kernel could not be asked
    /// @param ignored segments that the socket dropped, 0 where that is not known
    UnansweredSyn(
            Duration timeout, List<TimelineEvent> timeline, KernelAccount account, long ignored) {
        this.within = "no answer within %d ms: ".formatted(timeout.toMillis());
        this.timeline = timeline;
        this.first = account.first();
        this.info = account.latest();
        this.ignored = ignored;
    }

    Outcome outcome() {
        if (info == null) {
            return timedOut(
                    "a filter drops the SYN, the accept queue is full, or the host is gone");
        }
        if (info.state() != TcpState.SYN_SENT) {
            return timedOut(unanswered(info));
        }
        if (Objects.requireNonNullElse(info.segsIn(), 0L) > 0) {
            return timedOut(answeredByAStranger(info));
        }
        if (info.totalRetrans() > 0 && info.retrans() == 0) {
            return OwnErrors.noPermission(
                    within
                            + "this host's own output filter drops the SYNs; none has left this host");
        }
        if (isTooBig(info)) {
            return timedOut(tooBig(info));
        }
        return timedOut(
                isHeldHere(info)
                        ? "no SYN has left this host yet: nobody answers for the address or its "
                                + "gateway (ARP or ND), or this host's own queue holds the SYN"
                        : unanswered(info));
    }

    /// The kernel repeats nothing that is still in this host's queue: the timer fires without a
    /// repetition. After the first repetition a SYN has left.
    static boolean isHeldHere(TcpInfo info) {
        return info.retransmits() > 0 && info.totalRetrans() == 0;
    }

    private String answeredByAStranger(TcpInfo info) {
        return "%d segments came and none belongs to this connection (%s): a stranger answers"
                        .formatted(info.segsIn(), kind())
                + " the SYNs, such as the host with its memory of an older connection, a broken "
                + "middlebox or a NAT";
    }

    private String kind() {
        return ignored > 0
                ? "RSTs without an acknowledgement, which have to be ignored"
                : "segments that acknowledge something else";
    }

    /// A router's word that a packet is too big ends no connect; it only lowers the path's MTU.
    private boolean isTooBig(TcpInfo info) {
        Long before = first == null ? null : first.pmtu();
        Long pathMtu = info.pmtu();
        return before != null && pathMtu != null && pathMtu < before;
    }

    private String tooBig(TcpInfo info) {
        return "%s: a router says that packets of more than %d bytes are too big for the path"
                .formatted(sent(info), info.pmtu());
    }

    private String unanswered(TcpInfo info) {
        return sent(info)
                + ", so a filter drops "
                + (info.totalRetrans() == 0 ? "it" : "them")
                + ", the accept queue is full, the answers get lost on the way back, or the host is"
                + " gone";
    }

    private String sent(TcpInfo info) {
        long repeated = info.totalRetrans();
        if (repeated == 0) {
            return "1 SYN went unanswered";
        }
        StringBuilder times = new StringBuilder("0");
        for (TimelineEvent event : timeline) {
            if (event.kind() == TimelineEvent.Kind.SYN_RETRANSMITTED) {
                times.append(String.format(Locale.ROOT, ", %.1f", event.atMicros() / 1e6));
            }
        }
        return "%d SYNs went unanswered, sent at %s s".formatted(repeated + 1, times);
    }

    private Outcome timedOut(String words) {
        return new Outcome.Failed(FailureReason.TIMED_OUT, Phase.CONNECT, within + words);
    }
}
