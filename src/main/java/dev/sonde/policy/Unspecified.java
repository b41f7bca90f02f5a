package dev.sonde.policy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// The addresses `0.0.0.0` and `::`.
final class Unspecified {

    private static final InetAddress IPV4 = Inet4Address.ofLiteral("127.0.0.1");
    private static final InetAddress IPV6 = Inet6Address.ofLiteral("::1");

    private Unspecified() {}

    /// The address that a connect reaches: loopback for an unspecified one, else the same.
    static InetAddress connected(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }
}
