package dev.sonde.policy;

import java.util.ArrayList;
import java.util.List;

/// The IPv4 addresses that an IPv6 address carries.
///
/// A translator or a tunnel takes such an address out and sends the packet there. The prefix
/// determines its place. A NAT64 prefix that a network chose for itself cannot be known.
final class EmbeddedIpv4 {

    private static final long NAT64_HIGH = 0x0064_FF9B_0000_0000L;
    private static final long LOCAL_NAT64 = 0x0064_FF9B_0001L;
    private static final long SIX_TO_FOUR = 0x2002;
    private static final long TEREDO = 0x2001_0000L;
    private static final long TRANSLATED_PREFIX = 0xFFFF_0000L;
    private static final long ISATAP = 0x0000_5EFEL;
    private static final long UNIVERSAL_BIT = 0x0200_0000L;

    private EmbeddedIpv4() {}

    /// The address that packets arrive at: an IPv4 address embedded by NAT64 (RFC 6052), 6to4 (RFC
    /// 3056) or IPv4-compatible form is extracted. Any other address stays unchanged.
    static AddressBits normalised(AddressBits address) {
        long high = address.high();
        long low = address.low();
        if (high == NAT64_HIGH && low >>> 32 == 0) {
            return AddressBits.mapped(low);
        }
        if (high >>> 48 == SIX_TO_FOUR) {
            return AddressBits.mapped(high >>> 16);
        }
        boolean ipv4Compatible = high == 0 && low >>> 32 == 0 && low > 1;
        return ipv4Compatible ? AddressBits.mapped(low) : address;
    }

    /// Whether this is the IPv4-translated form `::ffff:0:a.b.c.d` (SIIT, RFC 2765).
    static boolean isTranslated(AddressBits address) {
        return address.high() == 0 && address.low() >>> 32 == TRANSLATED_PREFIX;
    }

    /// All addresses that this one may lead to beside itself; empty for most.
    static List<AddressBits> all(AddressBits address) {
        if (address.isIpv4()) {
            return List.of();
        }
        long high = address.high();
        long low = address.low();
        List<AddressBits> found = new ArrayList<>(4);
        AddressBits normalised = normalised(address);
        if (!normalised.equals(address)) {
            found.add(normalised);
        }
        if (isTranslated(address) || ((low >>> 32) & ~UNIVERSAL_BIT) == ISATAP) {
            found.add(AddressBits.mapped(low));
        }
        if (high >>> 32 == TEREDO) {
            found.add(AddressBits.mapped(high)); // the server
            found.add(AddressBits.mapped(~low)); // the client (RFC 4380 section 4)
        }
        if (high >>> 16 == LOCAL_NAT64) {
            addLocalNat64(found, high, low);
        }
        return found;
    }

    /// RFC 8215 leaves the length of the prefix open. RFC 6052 section 2.2 gives the place of the
    /// address for each length. Bits 64 to 71 are left out.
    private static void addLocalNat64(List<AddressBits> found, long high, long low) {
        found.add(AddressBits.mapped((high << 16) | ((low >>> 40) & 0xFFFF))); // /48
        found.add(AddressBits.mapped((high << 24) | ((low >>> 32) & 0xFF_FFFF))); // /56
        found.add(AddressBits.mapped(low >>> 24)); // /64
        found.add(AddressBits.mapped(low)); // /96
    }
}
