package dev.sonde.attempt.path;

import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.lane.Lane;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection whose data leave one byte at a time, each with a TTL that is one greater. Single
/// use, confined to its loop's thread.
///
/// A router that drops such a segment reports "time exceeded". On a connection that stands this is
/// a passing error of the socket without the router's address. A segment that arrives shows in the
/// peer's acknowledgements.
final class DataSocket extends FurtherSocket {

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ByteBuffer bytes;
    private final Consumer<DataEvent> listener;
    private final SegmentExchange segments;
    private long shareNanos = SegmentExchange.LEAST_NANOS;
    private int ttl;
    private boolean isConnected;

    /// @param firstTtl of its first byte
    /// @param bytes of which each takes the next TTL
    DataSocket(
            Lane lane,
            Way way,
            long lastNanos,
            int firstTtl,
            ByteBuffer bytes,
            Consumer<DataEvent> listener) {
        super(lane, way, lastNanos);
        this.ttl = firstTtl - 1;
        this.bytes = bytes;
        this.listener = listener;
        this.segments = new SegmentExchange(lane.kernel(), order);
    }

    @Override
    @Nullable String prepare(SocketChannel opened) throws IOException {
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return null;
    }

    @Override
    void called(SocketChannel opened, boolean isOver) {
        scheduleAt(Math.min(nowNanos() + CONNECT_NANOS, lastNanos));
        if (isOver) {
            connected(opened);
        }
    }

    @Override
    public void onReady(int readyOps) {
        SocketChannel opened = channel();
        if (isDone() || opened == null) {
            return;
        }
        if (isConnected) {
            look(opened, false);
        } else {
            TcpInfo info = lane.kernel().connectInfo(opened);
            if (info != null && info.state() == TcpState.ESTABLISHED) {
                connected(opened);
            } else {
                broken("no second connection could be made");
            }
        }
    }

    private void connected(SocketChannel opened) {
        try {
            if (!opened.finishConnect()) {
                return;
            }
            isConnected = true;
            shareNanos = segments.shareNanos(opened);
            var _ = lane.loop().register(opened, SelectionKey.OP_READ, this);
            sendNext(opened);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void sendNext(SocketChannel opened) {
        if (!bytes.hasRemaining()) {
            end();
            listener.accept(new DataEvent.UsedUp());
            return;
        }
        try {
            ttl++;
            if (!segments.send(opened, ttl, bytes.slice(bytes.position(), 1))) {
                broken("this host cannot set a TTL");
                return;
            }
            bytes.position(bytes.position() + 1);
            scheduleAt(Math.min(nowNanos() + shareNanos, lastNanos));
            lane.loop().again(this, 0); // a report during the write makes nothing ready
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// Reads the state of the connection, and goes on where the last segment has an answer.
    private void look(SocketChannel opened, boolean isOver) {
        DataAnswer answer = segments.answer(opened);
        if (answer == null || answer == DataAnswer.EXPIRED) {
            drain(opened);
        }
        if (answer == null && isOver) {
            answer = DataAnswer.SILENT;
        }
        if (answer == null) {
            return;
        }
        if (answer == DataAnswer.ARRIVED || answer == DataAnswer.RESET) {
            end();
        }
        listener.accept(new DataEvent.Answered(ttl, answer));
        if (!isDone()) {
            sendNext(opened);
        }
    }

    /// A peer may speak first; its bytes answer nothing. One buffer a turn: the peer may speak
    /// faster than this reads.
    private void drain(SocketChannel opened) {
        try {
            if (opened.read(lane.buffer().clear()) < 0) {
                var _ = lane.loop().register(opened, 0, this); // its FIN says nothing of the data
            }
        } catch (IOException _) {
            // The next look reads the error.
        }
    }

    @Override
    void due(SocketChannel opened) {
        if (!isConnected) {
            broken("no second connection could be made");
        } else {
            look(opened, true);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        if (isConnected && order.errors().errnoOf(cause, 0).isReset()) {
            end();
            listener.accept(new DataEvent.Answered(ttl, DataAnswer.RESET));
        } else {
            broken("no second connection could be made");
        }
    }

    @Override
    void notSent(String why) {
        broken(why);
    }

    private void broken(String why) {
        if (!isDone()) {
            end();
            listener.accept(new DataEvent.Broken(why));
        }
    }
}
