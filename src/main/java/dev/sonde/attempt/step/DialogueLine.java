package dev.sonde.attempt.step;

import dev.sonde.dialogue.Exchange;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Carries a dialogue's bytes to and from the connection, as far as it takes or has them. Confined
/// to its loop's thread.
final class DialogueLine {

    private final Connection connection;
    private final Exchange exchange;
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean hasEnded;
    private long sentBytes;
    private long receivedBytes;

    DialogueLine(Connection connection, Exchange exchange) {
        this.connection = connection;
        this.exchange = exchange;
    }

    /// Payload that our kernel took, or TLS in front of it.
    long sentBytes() {
        return sentBytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    int unsentBytes() {
        return unsent.remaining();
    }

    /// The bytes for [#write].
    void say(ByteBuffer data) {
        unsent = data;
    }

    /// Sends what goes now.
    ///
    /// @return whether nothing is left
    boolean write() throws IOException {
        TlsConnection secured = connection.bytes() instanceof TlsConnection own ? own : null;
        if (unsent.hasRemaining()) {
            int count = connection.bytes().write(unsent);
            if (count > 0) {
                sentBytes += count;
                connection.timeline().note(Kind.SENT, count);
            }
        } else if (secured != null) {
            secured.flush();
        }
        return !unsent.hasRemaining() && (secured == null || !secured.hasUnsent());
    }

    /// Whether more can come, and would be taken.
    boolean canRead() {
        return !hasEnded && exchange.room() > 0;
    }

    /// Reads bytes for a later step, as far as the buffer has space.
    void readAhead() throws IOException {
        if (canRead()) {
            boolean _ = read();
        }
    }

    /// Reads the peer's last bytes before the connection broke.
    void salvage() throws IOException {
        ByteBuffer read = canRead() ? connection.read(exchange.room()) : null;
        if (read != null) {
            receivedBytes += read.remaining();
            exchange.take(read);
        }
    }

    /// Whether anything came: bytes, or the peer's end.
    boolean read() throws IOException {
        ByteBuffer read = connection.read(exchange.room());
        if (read == null) {
            hasEnded = true;
            connection.timeline().note(Kind.FIN_RECEIVED);
            exchange.end();
            return true;
        }
        if (read.hasRemaining()) {
            receivedBytes += read.remaining();
            connection.timeline().note(Kind.RECEIVED, read.remaining());
            exchange.take(read);
            return true;
        }
        return false;
    }
}
