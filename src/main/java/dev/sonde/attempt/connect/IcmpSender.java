package dev.sonde.attempt.connect;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The sender of an ICMP message, as far as it decides what the message proves.
enum IcmpSender {
    /// The probed address itself: the host is up.
    TARGET,
    /// Another address: it proves nothing about the host.
    ROUTER,
    /// This host: its own firewall, or its own search for a neighbour.
    OWN,
    /// The kernel did not say.
    UNKNOWN;

    /// @param own this end's address; null where it is not known
    static IcmpSender of(
            @Nullable InetAddress offender, InetAddress target, @Nullable InetAddress own) {
        if (offender == null) {
            return UNKNOWN;
        }
        if (offender.equals(own)) {
            return OWN;
        }
        return offender.equals(target) ? TARGET : ROUTER;
    }
}
