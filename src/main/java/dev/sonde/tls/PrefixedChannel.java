package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A channel with some bytes that were already read: they are read again, first. The begin of a
/// handshake may have come with the last bytes in clear. Confined to its loop's thread.
public final class PrefixedChannel extends BorrowedChannel {

    private final ByteBuffer first;

    /// @param first what was read already
    public PrefixedChannel(ByteBuffer first, ByteChannel channel) {
        super(channel);
        this.first = first;
    }

    @Override
    boolean holdsMore() {
        return first.hasRemaining() || super.holdsMore();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!first.hasRemaining() || !into.hasRemaining()) {
            return super.read(into);
        }
        int count = Math.min(first.remaining(), into.remaining());
        into.put(first.slice(first.position(), count));
        first.position(first.position() + count);
        return count;
    }
}
