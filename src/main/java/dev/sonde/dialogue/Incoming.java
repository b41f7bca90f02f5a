package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What has come and was not used up yet, up to a bound. Not thread-safe.
final class Incoming {

    private static final int FIRST_BYTES = 512;

    private final int most;
    private byte[] bytes = {};
    private int length;

    /// What of it is known to hold no end of a line.
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
        return bytes[index];
    }

    /// @param data no more than there is room for
    void add(ByteBuffer data) {
        int needed = length + data.remaining();
        if (needed > most) {
            throw new IllegalArgumentException("no room for " + data.remaining() + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(FIRST_BYTES, 2 * needed)));
        }
        data.get(bytes, length, data.remaining());
        length = needed;
    }

    /// Drops what was used up.
    void drop(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
        searched = 0;
    }

    /// The start of it.
    byte[] head(int count) {
        return Arrays.copyOf(bytes, count);
    }

    byte[] all() {
        return head(length);
    }

    /// Where the first line ends; -1 where it has not ended yet.
    int lineEnd() {
        for (int i = searched; i < length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        searched = length;
        return -1;
    }
}
