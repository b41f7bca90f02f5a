package dev.sonde.probe.finding;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's own account of an attempt's socket, read when the attempt ended. What was not
/// measured is absent.
///
/// @param source `tcp_info` where the kernel could be asked, else `none`
/// @param state of the connection, as tcp(7) names it: `ESTABLISHED`, `SYN_SENT`, `CLOSE`
/// @param rttMicros the handshake's round trip, microseconds, as the kernel took it
/// @param rttCoarse whether that is a millisecond's granularity only, because a SYN was repeated
/// @param synRetransmits SYNs repeated for want of an answer
/// @param errno the error number's name, such as `ECONNREFUSED`
/// @param refusedBy `rst` or `icmp`: what the answer was that ended the connect
/// @param icmp the message, where one ended the connect
/// @param mss bytes of payload in a full segment to the peer
/// @param pathMtu bytes in a full packet on the way to the peer
/// @param options what the handshake negotiated: `timestamps`, `sack`, `window_scale`, `ecn`
public record Evidence(
        String source,
        @Nullable String state,
        @Nullable Long rttMicros,
        @Nullable Boolean rttCoarse,
        @Nullable Long synRetransmits,
        @Nullable String errno,
        @Nullable String refusedBy,
        @Nullable IcmpMessage icmp,
        @Nullable Long mss,
        @Nullable Long pathMtu,
        @Nullable Collection<String> options) {

    /// The kernel could be asked.
    public static final String TCP_INFO = "tcp_info";

    /// Nothing is known but, at best, the error number.
    public static final Evidence NONE = none(null);

    public Evidence {
        options = options == null ? null : List.copyOf(options);
    }

    public static Evidence none(@Nullable String errno) {
        return new Evidence("none", null, null, null, null, errno, null, null, null, null, null);
    }
}
