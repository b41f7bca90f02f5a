package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// IPv4 addresses that were read before. The sockets of a loop have few local addresses, so each is
/// made once. Belongs to one thread.
final class KnownAddresses {

    private static final int PLACES = 256;

    /// The third word of an IPv4-mapped address (RFC 4291 section 2.5.5.2).
    private static final int MAPPED = Integer.reverseBytes(0xFFFF);

    private final int[] bits = new int[PLACES];
    private final @Nullable InetAddress[] addresses = new InetAddress[PLACES];

    /// Address and port of a socket; `null` for a family that is neither IPv4 nor IPv6.
    @Nullable InetSocketAddress at(MemorySegment memory) {
        long offset = ipv4Offset(memory);
        if (offset < 0) {
            return SocketAddresses.at(memory, 0);
        }
        int read = memory.get(JAVA_INT, offset);
        int place = (read >>> 24 ^ read >>> 16 ^ read >>> 8 ^ read) & (PLACES - 1);
        InetAddress known = addresses[place];
        if (known == null || read != bits[place]) {
            known = SocketAddresses.addressAt(memory, 0);
            addresses[place] = known;
            bits[place] = read;
        }
        return known == null
                ? null
                : new InetSocketAddress(known, SocketAddresses.portAt(memory, 0));
    }

    /// The place of an IPv4 address; below 0 for an IPv6 one. A dual-stack socket has a mapped one.
    private static long ipv4Offset(MemorySegment memory) {
        if (memory.get(JAVA_SHORT, 0) == SocketAddresses.AF_INET) {
            return Integer.BYTES;
        }
        boolean isMapped =
                memory.get(JAVA_SHORT, 0) == SocketAddresses.AF_INET6
                        && memory.get(JAVA_LONG, 8) == 0
                        && memory.get(JAVA_INT, 16) == MAPPED;
        return isMapped ? 20 : -1;
    }
}
