package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpOption;
import dev.sonde.kernel.TcpState;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.spec.AddressText;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Converts the kernel's report of a connect into an [Evidence].
final class EvidenceReader {

    /// The names of each combination that was seen, so that a connect allocates none.
    private static final Map<Set<TcpOption>, List<Evidence.Option>> OPTION_NAMES =
            new ConcurrentHashMap<>();

    /// The states by the kernel's constant: both sides name them alike.
    private static final Map<TcpState, Evidence.State> STATES = states();

    /// The kernel repeats the first SYN after a second (RFC 6298), a jiffy early at most.
    private static final long FIRST_REPETITION_MICROS = 990_000;

    private EvidenceReader() {}

    private static Map<TcpState, Evidence.State> states() {
        Map<TcpState, Evidence.State> states = new EnumMap<>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            states.put(state, Evidence.State.valueOf(state.name()));
        }
        return states;
    }

    /// @param info as it was read last; absent where the kernel could not be asked
    /// @param errno the verdict of a connect that failed
    /// @param queued the entry of the error queue behind it
    static Evidence of(
            @Nullable TcpInfo info, @Nullable Errno errno, @Nullable QueuedError queued) {
        String errnoName = errno == null ? null : errno.name();
        if (info == null) {
            return errnoName == null ? Evidence.NONE : Evidence.none(errnoName);
        }
        TcpState state = info.state();
        boolean connected = state != TcpState.SYN_SENT && state != TcpState.CLOSE;
        Long rtt = rttMicros(info);
        long retransmits = info.totalRetrans();
        return new Evidence(
                Evidence.Source.TCP_INFO,
                STATES.get(state),
                rtt,
                rtt == null ? null : retransmits > 0,
                retransmits,
                errnoName,
                refusedBy(info, errno, queued),
                icmp(queued),
                connected ? info.sndMss() : null,
                connected ? info.pmtu() : null,
                connected
                        ? OPTION_NAMES.computeIfAbsent(info.options(), EvidenceReader::names)
                        : null);
    }

    /// The kernel reports 0 before it has a sample. After a repetition, a sample of a second or
    /// more includes the wait for the repetition. Such a sample is no round trip.
    private static @Nullable Long rttMicros(TcpInfo info) {
        Long rtt = info.rttMicros();
        boolean isNone = rtt == null || rtt == 0 || isLostAnswer(info, rtt);
        return isNone ? null : rtt;
    }

    private static boolean isLostAnswer(TcpInfo info, @Nullable Long rtt) {
        return info.totalRetrans() > 0 && rtt != null && rtt >= FIRST_REPETITION_MICROS;
    }

    /// Which way of a handshake lost a segment: the remark on a connect that succeeded.
    ///
    /// @param later after the steps on the connection, whose data may show the path's round trip;
    ///     absent without steps
    static String lossOf(TcpInfo info, @Nullable TcpInfo later) {
        long repeated = info.totalRetrans();
        String said = "the SYN was repeated " + (repeated == 1 ? "once" : repeated + " times");
        if (info.rttMicros() == null) {
            return said;
        }
        if (!isLostAnswer(info, info.rttMicros())) {
            return said + ": it got lost on the way";
        }
        Long least = later == null ? null : roundTripOfData(later);
        if (least != null && least >= FIRST_REPETITION_MICROS) {
            return said + ": the path takes " + least / 1_000 + " ms";
        }
        return said
                + ": the answer to it got lost on the way back"
                + (least == null ? ", or the path takes more than a second" : "");
    }

    /// The kernel has a sample only of data that the peer acknowledged. The SYN counts as a byte.
    private static @Nullable Long roundTripOfData(TcpInfo info) {
        Long acknowledged = info.bytesAcked();
        return acknowledged != null && acknowledged > 1 ? info.minRttMicros() : null;
    }

    /// A segment that came in was the RST; an ICMP message is not one (`tcpi_segs_in`).
    private static Evidence.@Nullable RefusedBy refusedBy(
            TcpInfo info, @Nullable Errno errno, @Nullable QueuedError queued) {
        if (queued instanceof QueuedError.Icmp) {
            return Evidence.RefusedBy.ICMP;
        }
        return errno != null && sawRst(info, errno) ? Evidence.RefusedBy.RST : null;
    }

    /// Whether it was a RST that ended a connect.
    static boolean sawRst(@Nullable TcpInfo info, Errno errno) {
        Long segments = info == null ? null : info.segsIn();
        boolean reset = errno == Errno.ECONNREFUSED || errno.isReset();
        return reset && segments != null && segments > 0;
    }

    private static @Nullable IcmpMessage icmp(@Nullable QueuedError queued) {
        if (!(queued instanceof QueuedError.Icmp icmp)) {
            return null;
        }
        InetAddress from = icmp.offender();
        return new IcmpMessage(
                icmp.version() == QueuedError.Version.V4 ? 4 : 6,
                icmp.type(),
                icmp.code(),
                from == null ? null : AddressText.of(from));
    }

    private static List<Evidence.Option> names(Set<TcpOption> options) {
        // A copy, because every evidence would copy a list that may hold null.
        return List.copyOf(
                options.stream().map(each -> Evidence.Option.valueOf(each.name())).toList());
    }
}
