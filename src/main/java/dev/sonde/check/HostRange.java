package dev.sonde.check;

import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The hosts of one entry of a target list: a single one, or all addresses of a CIDR block (RFC
/// 4632), the first and the last included.
sealed interface HostRange permits HostRange.Single, Ipv4Block, Ipv6Block {

    /// Number of hosts; [Long#MAX_VALUE] means that many or more.
    long count();

    /// The host at a position from 0 to below [#count].
    String at(long index);

    /// Reads a name, an address, or `address/prefix`.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    static HostRange parse(String text, boolean bracketed) {
        int slash = text.indexOf('/');
        Target host = new Target(slash < 0 ? text : text.substring(0, slash), 1);
        if (bracketed && text.indexOf(':') < 0) {
            throw new IllegalArgumentException("in brackets stands an IPv6 address: [::1]:80");
        }
        if (slash < 0) {
            return new Single(text);
        }
        InetAddress address = address(host);
        String prefix = text.substring(slash + 1);
        if (bracketed && address instanceof Inet4Address) {
            throw new IllegalArgumentException(
                    "a block of IPv4 addresses is written as such: 10.0.0.0/28");
        }
        if (address instanceof Inet4Address v4) {
            return Ipv4Block.of(v4, prefix(prefix, Ipv4Block.BITS));
        }
        if (address instanceof Inet6Address v6 && v6.getScopeId() == 0) {
            return Ipv6Block.of(v6, prefix(prefix, Ipv6Block.BITS));
        }
        throw new IllegalArgumentException(
                "a block is address/prefix, such as 10.0.0.0/28 or [2001:db8::]/126 in brackets");
    }

    /// The address of a host that is written as one, or null for a name.
    private static @Nullable InetAddress address(Target host) {
        try {
            return host.address().orElse(null);
        } catch (InterfaceGoneException _) {
            return null; // a block of addresses has no zone
        }
    }

    private static int prefix(String text, int bits) {
        boolean decimal =
                !text.isEmpty()
                        && text.length() <= 3
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (text.length() == 1 || text.charAt(0) != '0');
        if (!decimal || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException("a prefix length is a number from 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    /// The refusal of a block whose address is not its first one.
    static IllegalArgumentException hostBits(String address, String network, int prefix) {
        return new IllegalArgumentException(
                "%s/%d has bits set beyond its prefix; the block is %s/%d"
                        .formatted(address, prefix, network, prefix));
    }

    /// One host, as it was written.
    record Single(String host) implements HostRange {

        @Override
        public long count() {
            return 1;
        }

        @Override
        public String at(long index) {
            return host;
        }
    }
}
