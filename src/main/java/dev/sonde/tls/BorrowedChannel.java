package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// A channel over another one that somebody else closes. Confined to its loop's thread.
abstract class BorrowedChannel implements ByteChannel {

    private final ByteChannel channel;

    BorrowedChannel(ByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public final int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public final boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public final void close() {
        // Whoever owns the socket closes it.
    }
}
