package dev.sonde.kernel;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// This host's own way to an address: its route, the next neighbour and the link.
///
/// @param kind of the route
/// @param gateway absent where the address is on the link itself
/// @param device name of the link; absent where the route has none
/// @param neighbour state of the gateway's or the address's own entry; absent without an entry
/// @param isUp whether the link is switched on; absent without a link
/// @param hasCarrier whether the link is connected; absent without a link
public record OwnRoute(
        Kind kind,
        @Nullable InetAddress gateway,
        @Nullable String device,
        @Nullable Neighbour neighbour,
        @Nullable Boolean isUp,
        @Nullable Boolean hasCarrier) {

    /// The kinds of routes (`rtm_type` in `linux/rtnetlink.h`).
    public enum Kind {
        UNICAST,
        LOCAL,
        BROADCAST,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT,
        /// No route matches.
        NONE,
        OTHER
    }

    /// The states of a neighbour's entry (`ndm_state` in `linux/neighbour.h`).
    public enum Neighbour {
        /// The kernel still asks for it by ARP or ND.
        INCOMPLETE,
        /// The neighbour did not answer.
        FAILED,
        /// The neighbour answered.
        KNOWN
    }
}
