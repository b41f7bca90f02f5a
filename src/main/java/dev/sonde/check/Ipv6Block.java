package dev.sonde.check;

import dev.sonde.probe.spec.AddressText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

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
            throw HostRange.hostBits(text(high, low), text(networkHigh, networkLow), prefix);
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
