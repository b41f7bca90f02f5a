package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The IPv4 address that was read last. The sockets of a loop mostly have one local address, so it
/// is made once. Belongs to one thread.
final class LastAddress {

    private int bits;
    private @Nullable InetAddress address;

    /// Address and port of a socket; `null` for a family that is neither IPv4 nor IPv6.
    @Nullable InetSocketAddress at(MemorySegment memory) {
        if (memory.get(JAVA_SHORT, 0) != SocketAddresses.AF_INET) {
            return SocketAddresses.at(memory, 0);
        }
        int read = memory.get(JAVA_INT, Integer.BYTES);
        InetAddress known = address;
        if (known == null || read != bits) {
            known = SocketAddresses.addressAt(memory, 0);
            address = known;
            bits = read;
        }
        return known == null
                ? null
                : new InetSocketAddress(known, SocketAddresses.portAt(memory, 0));
    }
}
