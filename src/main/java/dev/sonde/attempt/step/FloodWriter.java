package dev.sonde.attempt.step;

import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of one flood on their way out. Confined to the loop's thread of its connection.
final class FloodWriter {

    private static final int CHUNK_BYTES = 64 * 1_024;

    /// As much as one event may write, so that the loop's others have their turn.
    private static final int CHUNKS_PER_EVENT = 8;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(CHUNK_BYTES);

    private final Connection connection;
    private final long wantedBytes;
    private long takenBytes;

    /// @param wantedBytes of the whole flood
    FloodWriter(Connection connection, long wantedBytes) {
        this.connection = connection;
        this.wantedBytes = wantedBytes;
    }

    long takenBytes() {
        return takenBytes;
    }

    /// How much of how much went out, in words.
    String taken() {
        return "%d of %d bytes".formatted(takenBytes, wantedBytes);
    }

    /// Writes as much as one event may and the connection takes.
    ///
    /// @return whether it took something
    boolean write() throws IOException {
        long before = takenBytes;
        flush();
        for (int i = 0; i < CHUNKS_PER_EVENT && takenBytes < wantedBytes; i++) {
            int wanted = (int) Math.min(CHUNK_BYTES, wantedBytes - takenBytes);
            int written = connection.bytes().write(ZEROS.slice(0, wanted));
            takenBytes += written;
            if (written < wanted) {
                if (!connection.budget().isWriteOver()) {
                    connection.timeline().note(Kind.SEND_BUFFER_FULL, (int) takenBytes);
                }
                break;
            }
        }
        return takenBytes > before;
    }

    /// Inside TLS a record may be taken and wait here for room.
    private void flush() throws IOException {
        if (connection.bytes() instanceof TlsConnection tls) {
            tls.flush();
        }
    }

    /// Whether all bytes have left for our kernel.
    boolean isDone() {
        return takenBytes >= wantedBytes
                && !(connection.bytes() instanceof TlsConnection tls && tls.hasUnsent());
    }
}
