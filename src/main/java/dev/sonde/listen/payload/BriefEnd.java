package dev.sonde.listen.payload;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.lane.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.BriefSocket;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Ends connections right after accept, on whatever loop accepted them: without a selector it costs
/// less. Bytes that have come are read before a FIN, because unread ones would turn it into a RST.
/// Confined to its loop.
public final class BriefEnd {

    /// So that one busy peer does not hold up its loop.
    private static final int MOST_READS = 16;

    private final Lane lane;
    private final PayloadCounts counts;
    private final ErrorTexts errors;

    /// @param counts of the listener
    public BriefEnd(Lane lane, PayloadCounts counts, ErrorTexts errors) {
        this.lane = lane;
        this.counts = counts;
        this.errors = errors;
    }

    /// Ends a connection, and notes its end.
    ///
    /// @param mostBytes that the peer may send; no limit when absent
    /// @return how it has ended
    public ConnectionEnd end(
            BriefSocket socket, CloseMode mode, ConnectionLog history, @Nullable Long mostBytes) {
        if (mode == CloseMode.RST) {
            return close(socket, CloseMode.RST, ConnectionEnd.OUR_RST, history);
        }
        if (socket.isSilent()) {
            return close(socket, CloseMode.FIN, ConnectionEnd.OUR_FIN, history);
        }
        try {
            return close(socket, CloseMode.FIN, read(socket, history, mostBytes), history);
        } catch (IOException e) {
            return broken(socket, e, history);
        }
    }

    private ConnectionEnd close(
            BriefSocket socket, CloseMode mode, ConnectionEnd how, ConnectionLog history) {
        history.closed(mode == CloseMode.RST ? Kind.CLOSE_RST : Kind.CLOSE_FIN, how, lane.now());
        socket.end(mode);
        return how;
    }

    private ConnectionEnd read(BriefSocket socket, ConnectionLog history, @Nullable Long mostBytes)
            throws IOException {
        TurnBudget budget = lane.loop().budget();
        // The first read passes in any case: the turn may be over when the connection is accepted.
        for (int i = 0; i < MOST_READS && (i == 0 || !budget.isReadOver()); i++) {
            long room = mostBytes == null ? Long.MAX_VALUE : mostBytes - history.bytesIn();
            ByteBuffer buffer = lane.buffer().clear();
            // One more than may come shows that the limit is not only reached.
            buffer.limit((int) Math.min(buffer.capacity() - 1, room) + 1);
            int count = socket.read(buffer);
            budget.read(count);
            if (count < 0) {
                history.note(lane.now(), Kind.PEER_CLOSED);
                return ConnectionEnd.PEER_FIN;
            }
            boolean isLast = buffer.hasRemaining();
            note(buffer.flip().limit((int) Math.min(count, room)), history);
            if (count > room) {
                return ConnectionEnd.BYTE_LIMIT;
            }
            if (isLast) {
                break;
            }
        }
        return ConnectionEnd.OUR_FIN;
    }

    private void note(ByteBuffer data, ConnectionLog history) {
        int count = data.remaining();
        if (count > 0) {
            history.received(data, lane.now());
            counts.received(count);
        }
    }

    private ConnectionEnd broken(BriefSocket socket, IOException cause, ConnectionLog history) {
        Errno errno = errors.errnoOf(String.valueOf(cause.getMessage()));
        ConnectionEnd how = errno.isReset() ? ConnectionEnd.PEER_RST : ConnectionEnd.ERROR;
        if (errno.isReset()) {
            history.note(lane.now(), Kind.PEER_RESET);
        } else {
            history.noteError(lane.now(), errno.name());
        }
        history.ended(how, lane.now());
        // The kernel has no connection to reset where the peer has reset it.
        socket.end(errno.isReset() ? CloseMode.FIN : CloseMode.RST);
        return how;
    }
}
