package dev.sonde.attempt.step;

import dev.sonde.dialogue.Payload;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The payload of an observation on its way out. Confined to the loop's thread of its connection.
final class ObservePayload {

    private final Connection connection;
    private final @Nullable ByteBuffer bytes;
    private final long dueNanos;
    private @Nullable Long sentAtNanos;
    private boolean isAcknowledged;

    /// @param send absent where nothing is sent
    ObservePayload(Connection connection, @Nullable Payload send, long dueNanos) {
        this.connection = connection;
        this.bytes = send == null ? null : send.bytes();
        this.dueNanos = dueNanos;
    }

    boolean isWanted() {
        return bytes != null;
    }

    /// Whether its sending has begun.
    boolean isSent() {
        return sentAtNanos != null;
    }

    /// Whether the peer's kernel has all of it.
    boolean isAcknowledged() {
        return isAcknowledged;
    }

    /// Whether it is to be sent later.
    boolean isToCome() {
        return bytes != null && sentAtNanos == null;
    }

    boolean isDue() {
        return isToCome() && connection.nowNanos() - dueNanos >= 0;
    }

    /// Whether a part of it waits for room.
    boolean isBlocked() {
        return bytes != null && sentAtNanos != null && bytes.hasRemaining();
    }

    long dueNanos() {
        return dueNanos;
    }

    long sentAtNanos(long whenUnsent) {
        return sentAtNanos == null ? whenUnsent : sentAtNanos;
    }

    /// Bytes that the connection took; absent where nothing is sent.
    @Nullable Long sentBytes() {
        return bytes == null ? null : (long) bytes.position();
    }

    void begin(long nowNanos) throws IOException {
        sentAtNanos = nowNanos;
        write();
    }

    void write() throws IOException {
        if (bytes != null && isBlocked()) {
            connection.timeline().note(Kind.SENT, connection.bytes().write(bytes));
        }
    }

    /// Notes the acknowledgement of all of it, once.
    void look(Counters counters) {
        Long waiting = isSent() ? counters.unacknowledgedBytes() : null;
        if (!isAcknowledged && waiting != null && waiting == 0) {
            isAcknowledged = true;
            connection.timeline().note(Kind.ACKNOWLEDGED);
        }
    }
}
