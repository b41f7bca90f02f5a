package dev.sonde.listen.proxy;

import dev.sonde.lane.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The record of a proxied connection: its bytes, its events, and the end that came first. Confined
/// to the connection's loop.
final class PairLog {

    private final Lane lane;
    private final ConnectionLog history;
    private final PairObserver observer;
    private @Nullable ConnectionEnd firstEnd;

    PairLog(Lane lane, ConnectionLog history, PairObserver observer) {
        this.lane = lane;
        this.history = history;
        this.observer = observer;
    }

    ConnectionLog history() {
        return history;
    }

    /// Something happened on the side of the client.
    void note(Kind kind) {
        history.note(lane.now(), kind);
    }

    /// Something happened on one of the sides.
    void note(boolean isClient, Kind kind) {
        if (isClient) {
            history.note(lane.now(), kind);
        } else {
            history.upstreamNote(lane.now(), kind);
        }
    }

    void received(FaultDirection direction, ByteBuffer data) {
        if (direction == FaultDirection.TO_UPSTREAM) {
            history.received(data, lane.now());
            observer.received(data.remaining());
        } else {
            history.upstreamReceived(data, lane.now());
            observer.receivedFromUpstream(data.remaining());
        }
    }

    void sent(FaultDirection direction, int count) {
        if (direction == FaultDirection.TO_CLIENT) {
            history.sent(count, lane.now());
            observer.sent(count);
        } else {
            history.upstreamSent(count, lane.now());
            observer.sentToUpstream(count);
        }
    }

    /// A source sends no more; the bytes before are still on their way.
    void sourceEnded(FaultDirection direction, FlowEnd how) {
        boolean isClient = direction == FaultDirection.TO_UPSTREAM;
        switch (how) {
            case FIN -> {
                note(isClient, Kind.PEER_CLOSED);
                begins(isClient ? ConnectionEnd.PEER_FIN : ConnectionEnd.UPSTREAM_FIN);
            }
            case RST -> {
                note(isClient, Kind.PEER_RESET);
                begins(resetBy(isClient));
            }
            case BYTE_LIMIT -> begins(ConnectionEnd.BYTE_LIMIT);
            case FAULT_CLOSE, FAULT_RESET -> {}
        }
    }

    static ConnectionEnd resetBy(boolean isClient) {
        return isClient ? ConnectionEnd.PEER_RST : ConnectionEnd.UPSTREAM_RST;
    }

    /// Notes the first end, which decides who ended the connection.
    private void begins(ConnectionEnd how) {
        if (firstEnd == null) {
            firstEnd = how;
        }
    }

    /// Notes that Sonde itself ends the connection, independent of earlier events.
    void decided(ConnectionEnd how) {
        firstEnd = how;
    }

    ConnectionEnd firstEnd(ConnectionEnd otherwise) {
        return firstEnd == null ? otherwise : firstEnd;
    }
}
