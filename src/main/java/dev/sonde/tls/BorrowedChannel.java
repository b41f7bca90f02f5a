package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/// A channel over another one, which its owner closes. Confined to its loop's thread.
abstract class BorrowedChannel implements ByteChannel {

    private final ByteChannel channel;

    BorrowedChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /// The TLS connection that carries its bytes, where one does.
    final @Nullable TlsConnection carrier() {
        return switch (channel) {
            case TlsConnection outer -> outer;
            case BorrowedChannel other -> other.carrier();
            default -> null;
        };
    }

    /// Whether bytes that have left the socket wait in it, or beneath it.
    boolean holdsMore() {
        return switch (channel) {
            case TlsConnection outer -> outer.mayHoldMore();
            case BorrowedChannel other -> other.holdsMore();
            default -> false;
        };
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
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
