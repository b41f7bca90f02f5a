package dev.sonde.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/// An address as 128 bits; an IPv4 address stands as its IPv4-mapped form (RFC 4291 section
/// 2.5.5.2).
record AddressBits(long high, long low) {

    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
    private static final long NAT64_HIGH = 0x0064_FF9B_0000_0000L;
    private static final long SIX_TO_FOUR = 0x2002;
    private static final long IPV4_MASK = 0xFFFF_FFFFL;

    static AddressBits of(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? mapped(buffer.getInt() & IPV4_MASK)
                : new AddressBits(buffer.getLong(), buffer.getLong());
    }

    boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED_PREFIX >>> 32;
    }

    /// The address that packets end up at: an IPv4 address embedded by NAT64 (RFC 6052), 6to4
    /// (RFC 3056) or the old IPv4-compatible form is taken out, anything else stays as it is.
    AddressBits normalised() {
        if (high == NAT64_HIGH && low >>> 32 == 0) {
            return mapped(low & IPV4_MASK);
        }
        if (high >>> 48 == SIX_TO_FOUR) {
            return mapped((high >>> 16) & IPV4_MASK);
        }
        boolean ipv4Compatible = high == 0 && low >>> 32 == 0 && low > 1;
        return ipv4Compatible ? mapped(low) : this;
    }

    private static AddressBits mapped(long ipv4) {
        return new AddressBits(0, MAPPED_PREFIX | ipv4);
    }
}
