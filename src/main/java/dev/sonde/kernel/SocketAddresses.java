package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Reads `struct sockaddr_in` and `struct sockaddr_in6` as 64-bit Linux lays them out.
final class SocketAddresses {

    /// Bytes of the longer of the two.
    static final int BYTES = 28;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private SocketAddresses() {}

    /// The address without the port; `null` for a family that is neither IPv4 nor IPv6.
    static @Nullable InetAddress addressAt(MemorySegment memory, long offset) {
        try {
            return switch (memory.get(JAVA_SHORT, offset)) {
                case AF_INET -> InetAddress.getByAddress(bytes(memory, offset + 4, 4));
                case AF_INET6 ->
                        v6(bytes(memory, offset + 8, 16), memory.get(JAVA_INT, offset + 24));
                default -> null;
            };
        } catch (UnknownHostException e) {
            throw new AssertionError("only a wrong number of bytes is refused", e);
        }
    }

    /// Address and port; `null` for a family that is neither IPv4 nor IPv6.
    static @Nullable InetSocketAddress at(MemorySegment memory, long offset) {
        InetAddress address = addressAt(memory, offset);
        return address == null ? null : new InetSocketAddress(address, portAt(memory, offset));
    }

    /// The port, which is in the network's byte order.
    static int portAt(MemorySegment memory, long offset) {
        return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + 2)) << Byte.SIZE
                | Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + 3));
    }

    /// An IPv4 peer reaches a dual-stack socket as a mapped address, which `getByAddress` turns
    /// back.
    private static InetAddress v6(byte[] address, int scope) throws UnknownHostException {
        return scope == 0
                ? InetAddress.getByAddress(address)
                : Inet6Address.getByAddress(null, address, scope);
    }

    private static byte[] bytes(MemorySegment memory, long offset, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, JAVA_BYTE, offset, bytes, 0, length);
        return bytes;
    }
}
