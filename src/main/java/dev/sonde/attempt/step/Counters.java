package dev.sonde.attempt.step;

import dev.sonde.kernel.TcpInfo;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The kernel's counters of a connection since their first read. Absent without kernel evidence.
/// Confined to the loop's thread of its connection.
final class Counters {

    private final Connection connection;
    private @Nullable TcpInfo first;
    private @Nullable TcpInfo last;

    Counters(Connection connection) {
        this.connection = connection;
    }

    void look() {
        TcpInfo now = connection.kernel().tcpInfo(connection.socket());
        if (now != null) {
            first = first == null ? now : first;
            last = now;
        }
    }

    boolean areThere() {
        return last != null;
    }

    /// As it was looked at last.
    @Nullable TcpInfo info() {
        return last;
    }

    /// Repetitions of the oldest unacknowledged segment.
    @Nullable Long retransmits() {
        return last == null ? null : Long.valueOf(last.retransmits());
    }

    /// Segments repeated since the first look.
    @Nullable Long newRetransmits() {
        return first == null || last == null
                ? null
                : Long.valueOf(last.totalRetrans() - first.totalRetrans());
    }

    /// Segments of any kind that came since the first look.
    @Nullable Long newSegments() {
        return first == null || last == null ? null : difference(first.segsIn(), last.segsIn());
    }

    /// Segments without data that were sent since the first look.
    @Nullable Long newEmptySegments() {
        if (first == null || last == null) {
            return null;
        }
        Long all = difference(first.segsOut(), last.segsOut());
        Long withData = difference(first.dataSegsOut(), last.dataSegsOut());
        return all == null || withData == null ? null : Long.valueOf(all - withData);
    }

    /// Bytes that the peer has not acknowledged now.
    @Nullable Long unacknowledgedBytes() {
        return number(connection.kernel().unacknowledgedBytes(connection.socket()));
    }

    /// Bytes that have not left this host once now.
    @Nullable Long unsentBytes() {
        return number(connection.kernel().unsentBytes(connection.socket()));
    }

    /// A remark on data that are repeated and not acknowledged, as the end of a sentence; empty
    /// without any.
    String unheard() {
        Long repeated = retransmits();
        Long waiting = unacknowledgedBytes();
        if (isShut()) {
            return "; the peer's window is zero, so its program does not read";
        }
        return repeated == null || repeated == 0 || waiting == null || waiting == 0
                ? ""
                : "; of what was sent %d bytes are not acknowledged after %d repetitions: %s"
                        .formatted(
                                waiting,
                                repeated,
                                hasSpoken()
                                        ? "they get lost on the way, since a peer that has spoken"
                                                + " has accepted"
                                        : "they get lost on the way, or the peer's accept queue is"
                                                + " full");
    }

    /// Whether the peer takes nothing although something waits to be sent.
    boolean isShut() {
        return last != null
                && Objects.equals(last.sndWnd(), 0L)
                && Objects.requireNonNullElse(last.notSent(), 0L) > 0;
    }

    /// Whether the peer never took a byte: it shut its window with its first answer.
    boolean isShutFromTheStart() {
        return isShut() && last != null && Objects.requireNonNullElse(last.bytesAcked(), 0L) <= 1;
    }

    /// Whether the peer has sent payload: then its program has accepted the connection.
    boolean hasSpoken() {
        return last != null && Objects.requireNonNullElse(last.bytesReceived(), 0L) > 0;
    }

    private static @Nullable Long number(OptionalInt bytes) {
        return bytes.isPresent() ? Long.valueOf(bytes.getAsInt()) : null;
    }

    private static @Nullable Long difference(@Nullable Long from, @Nullable Long to) {
        return from == null || to == null ? null : Long.valueOf(to - from);
    }
}
