package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.HoldSettings.Sending;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The sends of a held connection, one after the other at equal times. Confined to the loop's
/// thread of its connection.
final class HoldSender {

    /// The payload. A connection owns only a view of it.
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(Sending.MOST_BYTES);

    private final Connection connection;
    private final @Nullable Sending send;
    private long nextNanos;
    private @Nullable ByteBuffer pending;
    private long sentBytes;

    /// @param send absent where nothing is sent
    /// @param firstNanos when the first send is due
    HoldSender(Connection connection, @Nullable Sending send, long firstNanos) {
        this.connection = connection;
        this.send = send;
        this.nextNanos = firstNanos;
    }

    long sentBytes() {
        return sentBytes;
    }

    /// Whether a send waits for room.
    boolean isBlocked() {
        return pending != null;
    }

    /// The next send, or `endNanos` where that comes first.
    long earlierOf(long endNanos) {
        return send == null ? endNanos : Ticker.earlier(nextNanos, endNanos);
    }

    /// A send that is due while another one waits for room is left out.
    void sendIfDue() throws IOException {
        if (send == null || connection.nowNanos() - nextNanos < 0) {
            return;
        }
        long everyNanos = send.every().toNanos();
        long missed = (connection.nowNanos() - nextNanos) / everyNanos;
        nextNanos += (missed + 1) * everyNanos;
        if (pending == null) {
            write(ZEROS.slice(0, send.bytes()));
        }
    }

    /// Goes on with the send that waits.
    void goOn() throws IOException {
        if (pending != null) {
            write(pending);
        }
    }

    private void write(ByteBuffer payload) throws IOException {
        int written = connection.bytes().write(payload);
        sentBytes += written;
        if (written > 0) {
            connection.timeline().note(Kind.SENT, written);
        }
        pending = payload.hasRemaining() ? payload : null;
    }
}
