package dev.sonde.probe.finding;

import dev.sonde.probe.path.Asked;
import dev.sonde.probe.spec.EnumLabel;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's own account of an attempt's socket, read when the attempt ended. Values that were
/// not measured are absent.
///
/// @param state of the connection when the attempt ended
/// @param rttMicros the handshake's round trip, microseconds, as the kernel took it
/// @param rttCoarse whether that is a millisecond's granularity only, because a SYN was repeated
/// @param synRetransmits SYNs repeated because no answer came
/// @param errno the error number's name, such as `ECONNREFUSED`
/// @param refusedBy the answer that ended the connect
/// @param icmp the message, if one ended the connect
/// @param mss bytes of payload in a full segment to the peer
/// @param pathMtu bytes in a full packet on the way to the peer
/// @param options options of the handshake
/// @param asked the questions beyond the probe itself, with their answers; mostly none
public record Evidence(
        Source source,
        @Nullable State state,
        @Nullable Long rttMicros,
        @Nullable Boolean rttCoarse,
        @Nullable Long synRetransmits,
        @Nullable String errno,
        @Nullable RefusedBy refusedBy,
        @Nullable IcmpMessage icmp,
        @Nullable Long mss,
        @Nullable Long pathMtu,
        @Nullable Collection<Option> options,
        List<Asked> asked) {

    /// The source of the evidence.
    public enum Source {
        /// The kernel could be asked.
        TCP_INFO,
        NONE;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// The states of a connection, as `include/net/tcp_states.h` of Linux numbers them.
    public enum State {
        /// A number that this list does not name.
        UNKNOWN,
        ESTABLISHED,
        SYN_SENT,
        SYN_RECV,
        FIN_WAIT1,
        FIN_WAIT2,
        TIME_WAIT,
        CLOSE,
        CLOSE_WAIT,
        LAST_ACK,
        LISTEN,
        CLOSING,
        NEW_SYN_RECV
    }

    /// The kinds of answers that refuse a connect.
    public enum RefusedBy {
        RST,
        ICMP;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// An option of the handshake.
    public enum Option {
        TIMESTAMPS,
        SACK,
        WINDOW_SCALE,
        ECN,
        /// At least one packet came that routers may mark (ECT).
        ECN_SEEN,
        /// Data went out with the SYN and was acknowledged.
        SYN_DATA;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// Evidence without kernel data; at best the error number is known.
    public static final Evidence NONE = none(null);

    public Evidence {
        options = options == null ? null : List.copyOf(options);
        asked = List.copyOf(asked);
    }

    /// Kernel data, with no question asked.
    public Evidence(
            Source source,
            @Nullable State state,
            @Nullable Long rttMicros,
            @Nullable Boolean rttCoarse,
            @Nullable Long synRetransmits,
            @Nullable String errno,
            @Nullable RefusedBy refusedBy,
            @Nullable IcmpMessage icmp,
            @Nullable Long mss,
            @Nullable Long pathMtu,
            @Nullable Collection<Option> options) {
        this(
                source,
                state,
                rttMicros,
                rttCoarse,
                synRetransmits,
                errno,
                refusedBy,
                icmp,
                mss,
                pathMtu,
                options,
                List.of());
    }

    /// The same with these questions.
    public Evidence withAsked(List<Asked> all) {
        if (all.isEmpty() && asked.isEmpty()) {
            return this;
        }
        return new Evidence(
                source,
                state,
                rttMicros,
                rttCoarse,
                synRetransmits,
                errno,
                refusedBy,
                icmp,
                mss,
                pathMtu,
                options,
                all);
    }

    public static Evidence none(@Nullable String errno) {
        return new Evidence(
                Source.NONE, null, null, null, null, errno, null, null, null, null, null);
    }
}
