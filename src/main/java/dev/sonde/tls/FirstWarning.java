package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A filter that removes a warning `unrecognized_name` from the beginning of a stream. The JDK
/// would end the handshake because of it; every other client continues (RFC 6066 section 3).
/// Confined to its loop's thread.
final class FirstWarning {

    /// An alert record of two bytes: level 1, description 112. The third byte is a version.
    private static final byte[] RECORD = {21, 3, -1, 0, 2, 1, 112};

    private final ByteBuffer seen = ByteBuffer.allocate(RECORD.length);
    private boolean isOver;
    private boolean isTaken;

    /// The source of the stream.
    @FunctionalInterface
    interface Source {
        int read(ByteBuffer into) throws IOException;
    }

    /// Whether the stream began with the warning.
    boolean isTaken() {
        return isTaken;
    }

    /// Reads on.
    ///
    /// @return as a channel does; 0 while it cannot be said whether it is the warning
    int read(Source source, ByteBuffer into) throws IOException {
        if (isOver) {
            return seen.hasRemaining() ? give(source, into) : source.read(into);
        }
        int count = source.read(seen);
        boolean isLike = isLike();
        if (isLike && seen.hasRemaining() && count >= 0) {
            return 0;
        }
        isOver = true;
        isTaken = isLike && !seen.hasRemaining();
        seen.flip();
        if (isTaken) {
            seen.position(seen.limit());
            return source.read(into);
        }
        return seen.hasRemaining() ? give(source, into) : count;
    }

    private boolean isLike() {
        for (int at = 0; at < seen.position(); at++) {
            if (at != 2 && seen.get(at) != RECORD[at]) {
                return false;
            }
        }
        return true;
    }

    /// Returns the inspected bytes, then the following ones.
    private int give(Source source, ByteBuffer into) throws IOException {
        int count = Math.min(seen.remaining(), into.remaining());
        into.put(seen.slice(seen.position(), count));
        seen.position(seen.position() + count);
        return into.hasRemaining() ? count + Math.max(0, source.read(into)) : count;
    }
}
