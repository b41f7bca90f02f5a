package dev.sonde.dialogue;

import java.nio.ByteBuffer;

/// A comparison of received bytes with exactly the expected ones. These may be longer than the
/// buffer, so they are consumed as they come. Not thread-safe.
final class BytesMatch {

    private int matchedBytes;

    SearchResult compare(Incoming incoming, ByteBuffer wanted) {
        int count = Math.min(incoming.length(), wanted.remaining() - matchedBytes);
        for (int i = 0; i < count; i++) {
            if (incoming.at(i) != wanted.get(wanted.position() + matchedBytes + i)) {
                return SearchResult.OTHER;
            }
        }
        incoming.drop(count);
        matchedBytes += count;
        if (matchedBytes < wanted.remaining()) {
            return SearchResult.LACKING;
        }
        matchedBytes = 0;
        return SearchResult.FOUND;
    }
}
