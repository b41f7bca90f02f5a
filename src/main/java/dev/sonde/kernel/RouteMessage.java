package dev.sonde.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message of rtnetlink(7): its part of a fixed length and its attributes by number.
record RouteMessage(ByteBuffer fixed, Map<Integer, byte[]> attributes) {

    /// The bytes of `struct nlmsghdr`.
    static final int HEADER = 16;

    /// The integer of an attribute; 0 where it is missing.
    int number(int attribute) {
        byte[] value = attributes.get(attribute);
        return value == null || value.length < Integer.BYTES
                ? 0
                : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
    }

    /// Reads an answer; null where it is of another type or too short.
    ///
    /// @param message in the byte order of this host
    static @Nullable RouteMessage read(ByteBuffer message, int type, int fixedLength) {
        int length = Math.min(message.getInt(0), message.limit());
        if (message.getShort(4) != type || length < HEADER + fixedLength) {
            return null;
        }
        Map<Integer, byte[]> attributes = new HashMap<>();
        int at = HEADER + fixedLength;
        while (at + 4 <= length) {
            int size = Short.toUnsignedInt(message.getShort(at));
            if (size < 4 || at + size > length) {
                break;
            }
            byte[] value = new byte[size - 4];
            message.get(at + 4, value);
            attributes.put(message.getShort(at + 2) & 0x3fff, value);
            at += size + 3 & -4;
        }
        return new RouteMessage(
                message.slice(HEADER, fixedLength).order(ByteOrder.nativeOrder()), attributes);
    }
}
