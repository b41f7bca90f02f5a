package dev.sonde.attempt.name;

import dev.sonde.probe.spec.AddressFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;

/// Which of a name's addresses count, and in which order.
public final class AddressOrder {

    private AddressOrder() {}

    /// Within a family the resolver's order is kept.
    public static List<InetAddress> inOrder(List<InetAddress> addresses, AddressFamily family) {
        boolean isPreference =
                family == AddressFamily.PREFER_IPV4 || family == AddressFamily.PREFER_IPV6;
        if (isPreference && addresses.size() == 1) {
            return addresses; // nothing to sort, as with every literal
        }
        return switch (family) {
            case ANY -> addresses;
            case IPV4 -> addresses.stream().filter(AddressOrder::isIpv4).toList();
            case IPV6 -> addresses.stream().filter(a -> !isIpv4(a)).toList();
            case PREFER_IPV4 ->
                    addresses.stream().sorted(Comparator.comparing(a -> !isIpv4(a))).toList();
            case PREFER_IPV6 ->
                    addresses.stream().sorted(Comparator.comparing(AddressOrder::isIpv4)).toList();
        };
    }

    /// Whether an address counts for a family.
    public static boolean isOf(AddressFamily family, InetAddress address) {
        return switch (family) {
            case ANY, PREFER_IPV4, PREFER_IPV6 -> true;
            case IPV4 -> isIpv4(address);
            case IPV6 -> !isIpv4(address);
        };
    }

    public static boolean isIpv4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
