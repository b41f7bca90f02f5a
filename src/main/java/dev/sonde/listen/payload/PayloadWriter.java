package dev.sonde.listen.payload;

import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The output of one connection. It is sent at once as far as the peer takes it, the rest when the
/// socket is writable again. It never exceeds its limit. Confined to the connection's loop.
final class PayloadWriter {

    private final Transport transport;
    private final PayloadContext context;
    private @Nullable ByteBuffer unsent;
    private boolean isCut;

    PayloadWriter(PayloadContext context, Transport transport) {
        this.context = context;
        this.transport = transport;
    }

    /// Whether something waits until the peer takes more.
    boolean isBlocked() {
        return unsent != null;
    }

    /// Whether the last data were more than the limit leaves, so that only a part was taken on.
    boolean isCut() {
        return isCut;
    }

    /// Sends what the limit allows, or as much of it as goes now.
    ///
    /// @return whether nothing of it waits
    boolean send(ByteBuffer data) throws IOException {
        Long most = context.mostBytes();
        if (most != null && context.history().bytesOut() + data.remaining() > most) {
            data.limit(data.position() + (int) (most - context.history().bytesOut()));
            isCut = true;
        }
        write(data);
        if (data.hasRemaining() || transport.hasUnsent()) {
            if (!context.lane().loop().budget().isWriteOver()) {
                context.history().note(context.lane().now(), Kind.WRITE_BLOCKED);
            }
            unsent = data.isReadOnly() ? data : copyOf(data);
        }
        return unsent == null;
    }

    /// Goes on with what waits.
    ///
    /// @return whether nothing waits any more
    boolean flush() throws IOException {
        ByteBuffer data = unsent;
        if (data != null) {
            write(data);
            if (data.hasRemaining() || transport.hasUnsent()) {
                return false;
            }
        }
        unsent = null;
        return true;
    }

    /// Drops waiting output.
    void clear() {
        unsent = null;
    }

    private void write(ByteBuffer data) throws IOException {
        int count = transport.write(data);
        context.counts().sent(count);
        context.history().sent(count, context.lane().now());
    }

    private static ByteBuffer copyOf(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }
}
