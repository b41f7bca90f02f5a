package dev.sonde.listen.payload;

import dev.sonde.listen.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The input of one connection: read piece by piece, counted, recorded, and never more than its
/// limit. Confined to the connection's loop.
final class PayloadReader {

    private final Transport transport;
    private final PayloadContext context;

    /// Whether the last piece left room, so that nothing waits behind it for now.
    private boolean isDrained;

    /// The outcome of one read.
    enum Read {
        NOTHING,
        /// The peer sends no more.
        END,
        /// A piece, in [#piece].
        DATA,
        /// More than the limit allows; the allowed part has been counted and recorded.
        TOO_MUCH
    }

    PayloadReader(PayloadContext context, Transport transport) {
        this.context = context;
        this.transport = transport;
    }

    /// Reads a piece.
    ///
    /// @param atOnce bytes that are wanted in one piece
    Read read(int atOnce) throws IOException {
        Long most = context.mostBytes();
        long room = most == null ? Long.MAX_VALUE : most - context.history().bytesIn();
        ByteBuffer buffer = context.lane().buffer().clear();
        buffer.limit(Math.min(atOnce, buffer.capacity()));
        if (room < buffer.limit()) {
            // One more than may come shows that the limit is not only reached.
            buffer.limit((int) room + 1);
        }
        int count = transport.read(buffer);
        isDrained = buffer.hasRemaining() && !transport.mayHoldMore();
        if (count <= 0) {
            return count < 0 ? Read.END : Read.NOTHING;
        }
        buffer.flip();
        boolean isTooMuch = count > room;
        if (isTooMuch) {
            buffer.limit((int) room);
        }
        note(buffer);
        return isTooMuch ? Read.TOO_MUCH : Read.DATA;
    }

    /// Reads a piece that nobody wants any more, without a limit.
    Read skip() throws IOException {
        int count = transport.drop(context.lane().buffer().clear());
        if (count <= 0) {
            return count < 0 ? Read.END : Read.NOTHING;
        }
        note(context.lane().buffer().flip());
        return Read.DATA;
    }

    /// Whether another read would find nothing; the selector reports what comes later.
    boolean isDrained() {
        return isDrained;
    }

    /// The piece that was read last; the loop's own buffer, until its next read.
    ByteBuffer piece() {
        return context.lane().buffer();
    }

    private void note(ByteBuffer data) {
        int count = data.remaining();
        if (count > 0) {
            context.history().received(data, context.lane().now());
        }
        context.counts().received(count);
    }
}
