package dev.sonde.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/// An address as 128 bits; an IPv4 address stands as its IPv4-mapped form (RFC 4291 section
/// 2.5.5.2).
record AddressBits(long high, long low) {

    static final AddressBits ANY_IPV4 = mapped(0);
    static final AddressBits ANY_IPV6 = new AddressBits(0, 0);

    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
    private static final long IPV4_MASK = 0xFFFF_FFFFL;
    private static final int OCTET = 0xFF;
    private static final AddressBits LOOPBACK_IPV4 = mapped(0x7F00_0001L);
    private static final AddressBits LOOPBACK_IPV6 = new AddressBits(0, 1);

    static AddressBits of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == Integer.BYTES) {
            return mapped(
                    (bytes[0] & OCTET) << 24
                            | (bytes[1] & OCTET) << 16
                            | (bytes[2] & OCTET) << 8
                            | (bytes[3] & OCTET));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new AddressBits(buffer.getLong(), buffer.getLong());
    }

    static AddressBits mapped(long ipv4) {
        return new AddressBits(0, MAPPED_PREFIX | (ipv4 & IPV4_MASK));
    }

    boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED_PREFIX >>> 32;
    }

    /// Whether this is `0.0.0.0` or `::`.
    boolean isUnspecified() {
        return equals(ANY_IPV4) || equals(ANY_IPV6);
    }

    /// The address that a connect reaches: the loopback address of the same family for an
    /// unspecified one (`java.nio.channels.SocketChannel`, `connect(2)`), else this.
    AddressBits connected() {
        if (equals(ANY_IPV4)) {
            return LOOPBACK_IPV4;
        }
        return equals(ANY_IPV6) ? LOOPBACK_IPV6 : this;
    }
}
