package dev.sonde.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Payload that was read before its first reader wants it. Confined to its connection's thread.
final class ReadAhead {

    private @Nullable ByteBuffer bytes;

    boolean isEmpty() {
        return bytes == null;
    }

    /// @param read of at least one byte; nobody else's from now on
    void keep(ByteBuffer read) {
        bytes = read;
    }

    /// Hands out as much as the reader has room for.
    ///
    /// @return how many bytes
    int take(ByteBuffer into) {
        ByteBuffer from = bytes;
        if (from == null) {
            return 0;
        }
        int count = Math.min(from.remaining(), into.remaining());
        into.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        bytes = from.hasRemaining() ? from : null;
        return count;
    }
}
