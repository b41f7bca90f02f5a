package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A channel some of whose bytes were read already: they are read again, first. What a handshake
/// begins with may have come with the last words in clear. Confined to its loop's thread.
public final class Preceded implements ByteChannel {

    private final ByteBuffer first;
    private final ByteChannel channel;

    /// @param first what was read already
    public Preceded(ByteBuffer first, ByteChannel channel) {
        this.first = first;
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!first.hasRemaining() || !into.hasRemaining()) {
            return channel.read(into);
        }
        int count = Math.min(first.remaining(), into.remaining());
        into.put(first.slice(first.position(), count));
        first.position(first.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        // Whoever owns the socket closes it.
    }
}
