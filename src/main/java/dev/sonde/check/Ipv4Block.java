package dev.sonde.check;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/// A block of IPv4 addresses.
///
/// @param network the first address, as a number
record Ipv4Block(long network, int prefix) implements HostRange {

    static final int BITS = 32;

    static Ipv4Block of(Inet4Address address, int prefix) {
        long value = ByteBuffer.wrap(address.getAddress()).getInt() & 0xFFFF_FFFFL;
        long network = value & -(1L << (BITS - prefix));
        if (network != value) {
            throw HostRange.hostBits(text(value), text(network), prefix);
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
