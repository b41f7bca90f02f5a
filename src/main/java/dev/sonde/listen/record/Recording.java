package dev.sonde.listen.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// The first bytes of one direction, as they came. Guarded by the lock of its [ConnectionLog].
final class Recording {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int size;

    int size() {
        return size;
    }

    /// Keeps the start of a piece.
    ///
    /// @param data what came, from its position to its limit, which it keeps
    void add(ByteBuffer data, int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, size == 0 ? count : Math.max(2 * size, size + count));
        }
        data.get(data.position(), bytes, size, count);
        size += count;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, size));
    }
}
