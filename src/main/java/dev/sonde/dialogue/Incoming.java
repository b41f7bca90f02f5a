package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The received bytes that are not used yet, up to a bound. Not thread-safe.
///
/// Used bytes are skipped. They are moved away only when their place is needed, because a peer
/// could send very many very short lines.
final class Incoming {

    private static final int FIRST_BYTES = 512;

    private final int most;
    private byte[] bytes = {};

    /// The begin of the unused bytes.
    private int start;

    private int length;

    /// The part that is known to hold no end of a line.
    private int searched;

    Incoming(int most) {
        this.most = most;
    }

    int length() {
        return length;
    }

    int room() {
        return most - length;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    /// @param data no more than there is room for
    void add(ByteBuffer data) {
        int needed = length + data.remaining();
        if (needed > most) {
            throw new IllegalArgumentException("no room for " + data.remaining() + " bytes");
        }
        if (start + needed > bytes.length) {
            makePlace(needed);
        }
        data.get(bytes, start + length, data.remaining());
        length = needed;
    }

    private void makePlace(int needed) {
        byte[] larger =
                needed > bytes.length
                        ? new byte[Math.min(most, Math.max(FIRST_BYTES, 2 * needed))]
                        : bytes;
        System.arraycopy(bytes, start, larger, 0, length);
        bytes = larger;
        start = 0;
    }

    /// Drops what was used up.
    void drop(int count) {
        length -= count;
        start = length == 0 ? 0 : start + count;
        searched = 0;
    }

    /// The start of it.
    byte[] head(int count) {
        return Arrays.copyOfRange(bytes, start, start + count);
    }

    byte[] all() {
        return head(length);
    }

    /// The end of the first line; -1 if it has not ended yet.
    int lineEnd() {
        for (int i = searched; i < length; i++) {
            if (at(i) == '\n') {
                return i;
            }
        }
        searched = length;
        return -1;
    }
}
