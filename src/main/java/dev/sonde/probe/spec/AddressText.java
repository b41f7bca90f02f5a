package dev.sonde.probe.spec;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/// The one spelling of an address in answers: dotted decimal, or IPv6 as RFC 5952 wants it.
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /// `a.b.c.d` or `2001:db8::1`, without brackets.
    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address v6)) {
            return address.getHostAddress();
        }
        String text = ipv6(v6.getAddress());
        NetworkInterface scope = v6.getScopedInterface();
        if (scope != null) {
            // A number is another interface's after that one was made anew.
            return text + "%" + scope.getName();
        }
        return v6.getScopeId() == 0 ? text : text + "%" + v6.getScopeId();
    }

    /// Reads `a.b.c.d:port` or `[v6]:port` that was valid when it was stored; the port may be 0. If
    /// the interface of its zone is gone, the address is an unresolved one with the zone.
    ///
    /// @throws IllegalArgumentException for text that never was an address
    public static InetSocketAddress parseEndpoint(String text) {
        HostAndPort parts = HostAndPort.split(text);
        int port = Integer.parseInt(parts.port());
        SourceAddress address = SourceAddress.parse(parts.host());
        try {
            return new InetSocketAddress(address.address(), port);
        } catch (InterfaceGoneException _) {
            return InetSocketAddress.createUnresolved(parts.host(), port);
        }
    }

    /// The same endpoint with the interface of its zone as it is now.
    public static InetSocketAddress here(InetSocketAddress endpoint) throws InterfaceGoneException {
        boolean isZoned =
                endpoint.isUnresolved()
                        || (endpoint.getAddress() instanceof Inet6Address v6
                                && v6.getScopedInterface() != null);
        return isZoned
                ? new InetSocketAddress(
                        SourceAddress.parse(hostOf(endpoint)).address(), endpoint.getPort())
                : endpoint;
    }

    private static String hostOf(InetSocketAddress endpoint) {
        InetAddress address = endpoint.getAddress();
        return address == null ? endpoint.getHostString() : of(address);
    }

    /// `a.b.c.d:port` or `[v6]:port`.
    public static String of(InetSocketAddress address) {
        return Target.bracketed(hostOf(address)) + ":" + address.getPort();
    }

    /// The longest run of two or more zero groups, the first of equal ones, becomes `::` (RFC 5952
    /// section 4.2).
    private static String ipv6(byte[] bytes) {
        if (isMapped(bytes)) {
            return "::ffff:%d.%d.%d.%d"
                    .formatted(
                            bytes[12] & 0xFF, bytes[13] & 0xFF, bytes[14] & 0xFF, bytes[15] & 0xFF);
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosFrom(bytes, i);
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(bytes, i)));
        }
        return text.toString();
    }

    /// The IPv4 part of an IPv4-mapped address is written as one (RFC 5952 section 5).
    private static boolean isMapped(byte[] bytes) {
        return zerosFrom(bytes, 0) == 5 && group(bytes, 5) == 0xFFFF;
    }

    private static int zerosFrom(byte[] bytes, int from) {
        int end = from;
        while (end < GROUPS && group(bytes, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(byte[] bytes, int i) {
        return (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
    }
}
