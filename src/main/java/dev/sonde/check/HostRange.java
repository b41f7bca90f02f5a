package dev.sonde.check;

import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The hosts of one entry of a target list: a single one, or all addresses of a CIDR block (RFC
/// 4632), the first and the last included.
sealed interface HostRange {

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

    private static IllegalArgumentException hostBits(String address, String network, int prefix) {
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

    /// A block of IPv4 addresses.
    ///
    /// @param network the first address, as a number
    record Ipv4Block(long network, int prefix) implements HostRange {

        static final int BITS = 32;

        static Ipv4Block of(Inet4Address address, int prefix) {
            long value = ByteBuffer.wrap(address.getAddress()).getInt() & 0xFFFF_FFFFL;
            long network = value & -(1L << (BITS - prefix));
            if (network != value) {
                throw hostBits(text(value), text(network), prefix);
            }
            return new Ipv4Block(network, prefix);
        }

        @Override
        public long count() {
            return 1L << (BITS - prefix);
        }

        @Override
        public String at(long index) {
            return text(network + index);
        }

        private static String text(long value) {
            return ((value >>> 24) & 0xFF)
                    + "."
                    + ((value >>> 16) & 0xFF)
                    + "."
                    + ((value >>> 8) & 0xFF)
                    + "."
                    + (value & 0xFF);
        }
    }

    /// A block of IPv6 addresses.
    ///
    /// @param high the first eight bytes of the first address
    /// @param low its last eight bytes
    record Ipv6Block(long high, long low, int prefix) implements HostRange {

        static final int BITS = 128;
        private static final int HALF = 64;

        static Ipv6Block of(Inet6Address address, int prefix) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            long high = bytes.getLong();
            long low = bytes.getLong();
            long networkHigh = high & mask(prefix);
            long networkLow = low & mask(prefix - HALF);
            if (networkHigh != high || networkLow != low) {
                throw hostBits(text(high, low), text(networkHigh, networkLow), prefix);
            }
            return new Ipv6Block(high, low, prefix);
        }

        @Override
        public long count() {
            int free = BITS - prefix;
            return free >= Long.SIZE - 1 ? Long.MAX_VALUE : 1L << free;
        }

        /// The free bits that an index can reach all lie in the low half, so nothing is carried.
        @Override
        public String at(long index) {
            return text(high, low + index);
        }

        /// The leading `bits` of eight bytes, none below 0 and all above 64.
        private static long mask(int bits) {
            if (bits <= 0) {
                return 0;
            }
            return bits >= HALF ? -1L : -1L << (HALF - bits);
        }

        private static String text(long high, long low) {
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            try {
                return AddressText.of(InetAddress.getByAddress(bytes));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("sixteen bytes are always an address", e);
            }
        }
    }
}
