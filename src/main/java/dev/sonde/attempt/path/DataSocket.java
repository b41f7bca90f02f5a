package dev.sonde.attempt.path;

import dev.sonde.kernel.Errno;
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

    /// The answer to the data of one TTL.
    enum Answer {
        /// A router reports that the TTL was used up.
        EXPIRED,
        SILENT,
        /// The peer's kernel acknowledges data.
        ARRIVED,
        /// A RST ended the connection.
        RESET
    }

    /// A report on the connection.
    sealed interface Event {
        record Answered(int ttl, Answer answer) implements Event {}

        /// The bytes of this connection are used up.
        record UsedUp() implements Event {}

        record Broken(String why) implements Event {}
    }

    /// A segment's least time for an answer.
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ByteBuffer bytes;
    private final Consumer<Event> listener;
    private long shareNanos = LEAST_NANOS;
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
            Consumer<Event> listener) {
        super(lane, way, lastNanos);
        this.ttl = firstTtl - 1;
        this.bytes = bytes;
        this.listener = listener;
    }

    @Override
    @Nullable String prepare(SocketChannel opened) throws IOException {
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return null;
    }

    @Override
    void called(SocketChannel opened, boolean isOver) {
        scheduleAt(Math.min(nowNanos() + CONNECT_NANOS, lastNanos()));
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
            TcpInfo info = lane.kernel().connectInfo(opened);
            Long rtt = info == null ? null : info.rttMicros();
            shareNanos = Math.max(LEAST_NANOS, rtt == null ? 0 : 3 * rtt * 1_000);
            var _ = lane.loop().register(opened, SelectionKey.OP_READ, this);
            sendNext(opened);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void sendNext(SocketChannel opened) {
        if (!bytes.hasRemaining()) {
            end();
            listener.accept(new Event.UsedUp());
            return;
        }
        try {
            ttl++;
            takeErrors(opened); // of the segments before
            if (!lane.kernel().setHopLimit(opened, order.remote().getAddress(), ttl)) {
                broken("this host cannot set a TTL");
                return;
            }
            write(opened, bytes.slice(bytes.position(), 1));
            bytes.position(bytes.position() + 1);
            scheduleAt(Math.min(nowNanos() + shareNanos, lastNanos()));
            lane.loop().again(this, 0); // a report during the write makes nothing ready
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// Takes the pending error and the one that the kernel noted beside it (`sk_err_soft`).
    private Errno takeErrors(SocketChannel opened) {
        Errno first = lane.kernel().takeError(opened);
        Errno second = lane.kernel().takeError(opened);
        if (first != null && first != Errno.NO_ERROR) {
            return first;
        }
        return second == null ? Errno.NO_ERROR : second;
    }

    /// A late report of an earlier segment would fail the write, which is tried once more.
    private void write(SocketChannel opened, ByteBuffer one) throws IOException {
        try {
            opened.write(one);
        } catch (IOException e) {
            Errno errno = order.errors().errnoOf(e, 0);
            if (errno.isReset() || errno == Errno.EPIPE) {
                throw e;
            }
            opened.write(one);
        }
    }

    /// Reads the state of the connection, and goes on where the last segment has an answer.
    private void look(SocketChannel opened, boolean isOver) {
        Answer answer = ask(opened);
        if (answer == null && isOver) {
            answer = Answer.SILENT;
        }
        if (answer == null) {
            return;
        }
        if (answer == Answer.ARRIVED || answer == Answer.RESET) {
            end();
        }
        listener.accept(new Event.Answered(ttl, answer));
        if (!isDone()) {
            sendNext(opened);
        }
    }

    private @Nullable Answer ask(SocketChannel opened) {
        Errno errno = takeErrors(opened);
        TcpInfo info = lane.kernel().tcpInfo(opened);
        if (errno.isReset() || errno == Errno.EPIPE) {
            return Answer.RESET;
        }
        if (info != null && info.state() == TcpState.CLOSE) {
            return Answer.RESET;
        }
        if (info != null && (info.sacked() > 0 || isAcknowledged(info))) {
            return Answer.ARRIVED;
        }
        drain(opened);
        return errno == Errno.NO_ERROR ? null : Answer.EXPIRED;
    }

    /// The kernel counts the SYN as one acknowledged byte.
    private static boolean isAcknowledged(TcpInfo info) {
        Long acknowledged = info.bytesAcked();
        return acknowledged != null && acknowledged > 1;
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
            listener.accept(new Event.Answered(ttl, Answer.RESET));
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
            listener.accept(new Event.Broken(why));
        }
    }
}
