package dev.sonde.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// The channel under a TLS connection: counts what comes, and is not TLS's to close. Confined to
/// its loop's thread.
final class RawChannel extends BorrowedChannel {

    private long received;
    private boolean isEnded;

    RawChannel(ByteChannel channel) {
        super(channel);
    }

    /// Bytes that have come.
    long received() {
        return received;
    }

    /// Whether the peer has ended its direction.
    boolean isEnded() {
        return isEnded;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = super.read(into);
        received += Math.max(count, 0);
        isEnded |= count < 0;
        return count;
    }
}
