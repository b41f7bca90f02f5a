package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.probe.CloseMode;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accepted connection, from accept to its end.
///
/// ```
/// New --run--> Open --finish(FIN)--> Lingering --peer's FIN, RST or silence--> Ended
///   |            |------- finish(RST), peer's FIN or RST, a limit, an error ------^
///   '------------'------- listener closed, loop closed ---------------------------'
/// ```
///
/// Confined to its loop's thread. The first end wins; [#end] is the only place where it ends.
final class AcceptedConnection implements Handler, Command, Wire {

    private static final Logger log = LoggerFactory.getLogger(AcceptedConnection.class);

    private static final int READS_PER_TURN = 16;

    /// A peer that never closes its side must not keep ours.
    private static final Duration LINGER = Duration.ofSeconds(2);

    /// How often the kernel is asked for the peer's FIN behind bytes that nobody reads.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private enum State {
        NEW,
        OPEN,
        LINGERING,
        ENDED
    }

    private final ListenerBook book;
    private final Lane lane;
    private final SocketChannel channel;
    private final Terms terms;
    private final Conversation conversation;
    private final ConnectionLog history;
    private State state = State.NEW;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unsent;
    private @Nullable Deadline wake;
    private @Nullable Deadline limit;
    private boolean isInputPaused;
    private boolean isCutAtLimit;
    private boolean hasUnread;
    private boolean peerClosed;

    /// What the listener said when the connection was accepted.
    ///
    /// @param owner the listener, which takes its connections along when it closes
    /// @param remembered how many ended connections are kept
    record Terms(ManagedListener owner, Limits limits, int remembered) {}

    AcceptedConnection(
            ListenerBook book,
            Lane lane,
            SocketChannel channel,
            Terms terms,
            Conversation conversation,
            ConnectionLog history) {
        this.book = book;
        this.lane = lane;
        this.channel = channel;
        this.terms = terms;
        this.conversation = conversation;
        this.history = history;
    }

    ConnectionLog log() {
        return history;
    }

    boolean belongsTo(ManagedListener listener, Lane to) {
        return terms.owner().equals(listener) && lane.equals(to);
    }

    /// Starts on the connection's own loop.
    @Override
    public void run() {
        if (state != State.NEW) {
            return;
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = lane.loop().register(channel, SelectionKey.OP_READ, this);
            state = State.OPEN;
            scheduleLimit();
            conversation.onStart(this);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// Ends right after accept, on whatever loop accepted it: without a selector it costs less.
    void endAtOnce(CloseMode mode) {
        state = State.OPEN;
        try {
            if (mode == CloseMode.FIN) {
                channel.configureBlocking(false);
                // Unread data would turn the FIN into a RST.
                read();
            }
            if (state == State.OPEN) {
                boolean isFin = mode == CloseMode.FIN;
                history.note(lane.now(), isFin ? "close_fin" : "close_rst");
                end(isFin ? ConnectionEnd.OUR_FIN : ConnectionEnd.OUR_RST, mode);
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// The listener closes: so does this, with a RST, unless its end is decided already.
    void onListenerClosed() {
        switch (state) {
            case NEW, OPEN -> {
                history.note(lane.now(), "close_rst");
                end(ConnectionEnd.LISTENER_CLOSED, CloseMode.RST);
            }
            case LINGERING -> end(ConnectionEnd.OUR_FIN, CloseMode.FIN);
            case ENDED -> {}
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        if (state != State.ENDED && (readyOps & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if (state == State.ENDED || (readyOps & SelectionKey.OP_READ) == 0) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, "read_ready", lane.loop().lagNanos(nowNanos));
        if (conversation.reads() || state == State.LINGERING) {
            read();
        } else {
            look();
        }
    }

    @Override
    public void onDeadline(Deadline due) throws IOException {
        if (state == State.ENDED) {
            return;
        }
        if (due.equals(limit)) {
            limit = null;
            onLimit();
        } else if (state == State.LINGERING) {
            end(ConnectionEnd.OUR_FIN, CloseMode.FIN);
        } else if (conversation.reads()) {
            conversation.onTimer(this);
        } else {
            look();
        }
    }

    @Override
    public void onFailure(Exception cause) {
        if (state == State.ENDED) {
            return;
        }
        Errno errno = book.engine().errors().errnoOf(String.valueOf(cause.getMessage()));
        boolean isReset = errno == Errno.ECONNRESET || errno == Errno.EPIPE;
        if (cause instanceof IOException && isReset) {
            history.note(lane.now(), "peer_reset");
        } else {
            history.noteError(lane.now(), errno.name());
            if (!(cause instanceof IOException)) {
                log.atError().setCause(cause).log("connection failed");
            }
        }
        ConnectionEnd how = isReset ? ConnectionEnd.PEER_RST : ConnectionEnd.ERROR;
        end(state == State.LINGERING ? ConnectionEnd.OUR_FIN : how, CloseMode.RST);
    }

    @Override
    public void onLoopClosed() {
        onListenerClosed();
    }

    @Override
    public boolean send(ByteBuffer data) throws IOException {
        if (state != State.OPEN) {
            return false;
        }
        Long most = terms.limits().bytes();
        if (most != null && history.bytesOut() + data.remaining() > most) {
            data.limit(data.position() + (int) (most - history.bytesOut()));
            isCutAtLimit = true;
        }
        write(data);
        if (data.hasRemaining()) {
            history.note(lane.now(), "write_blocked");
            unsent = data.isReadOnly() ? data : copyOf(data);
            updateInterest();
            return false;
        }
        return !endIfCut();
    }

    @Override
    public void pauseInput() {
        isInputPaused = true;
        updateInterest();
    }

    @Override
    public void resumeInput() {
        isInputPaused = false;
        updateInterest();
    }

    @Override
    public void wakeAfter(Duration wait) {
        if (wake != null) {
            lane.loop().cancel(wake);
        }
        // Never due in the turn that runs now, so that nobody is called again and again in it.
        wake = lane.loop().scheduleAt(lane.now() + Math.max(1, wait.toNanos()), this);
    }

    @Override
    public void finish(CloseMode mode) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        boolean isFin = mode == CloseMode.FIN;
        history.note(lane.now(), isFin ? "close_fin" : "close_rst");
        if (peerClosed) {
            end(ConnectionEnd.PEER_FIN, mode);
        } else if (isFin) {
            channel.shutdownOutput();
            cancelDeadlines();
            state = State.LINGERING;
            wakeAfter(LINGER);
            updateInterest();
        } else {
            end(ConnectionEnd.OUR_RST, CloseMode.RST);
        }
    }

    private void read() throws IOException {
        for (int i = 0; i < READS_PER_TURN && isReading(); i++) {
            ByteBuffer buffer = lane.buffer().clear();
            Long most = terms.limits().bytes();
            long room = most == null ? Long.MAX_VALUE : most - history.bytesIn();
            if (state == State.OPEN && room < buffer.capacity()) {
                // One more than may pass shows that the limit is not only reached.
                buffer.limit((int) room + 1);
            }
            int count = channel.read(buffer);
            if (count < 0) {
                onPeerClosed();
                return;
            }
            if (count == 0) {
                return;
            }
            take(buffer.flip(), room);
        }
    }

    private boolean isReading() {
        return state == State.LINGERING || (state == State.OPEN && !isInputPaused && !peerClosed);
    }

    private void take(ByteBuffer data, long room) throws IOException {
        boolean isOver = data.remaining() > room && state == State.OPEN;
        if (isOver) {
            data.limit((int) room);
        }
        book.received(data.remaining());
        if (data.hasRemaining()) {
            history.received(data, lane.now());
        }
        if (isOver) {
            endAtLimit(ConnectionEnd.BYTE_LIMIT);
        } else if (state == State.OPEN) {
            conversation.onInput(this, data);
        }
    }

    private void onPeerClosed() throws IOException {
        history.note(lane.now(), "peer_closed");
        peerClosed = true;
        if (state == State.LINGERING) {
            end(ConnectionEnd.OUR_FIN, CloseMode.FIN);
        } else if (conversation.onPeerClosed()) {
            finish(CloseMode.FIN);
        } else {
            updateInterest();
        }
    }

    /// Something came that is not to be read: bytes, which stay, or the peer's end, which only the
    /// kernel can tell apart from them.
    private void look() {
        TcpInfo info = lane.kernel().tcpInfo(channel);
        TcpState seen = info == null ? TcpState.ESTABLISHED : info.state();
        if (seen == TcpState.ESTABLISHED) {
            hasUnread = true;
            updateInterest();
            if (info != null) {
                wakeAfter(LOOK_AGAIN);
            }
        } else if (seen == TcpState.CLOSE) {
            Errno errno = lane.kernel().takeError(channel);
            boolean isReset = errno == Errno.ECONNRESET || errno == Errno.EPIPE;
            history.note(lane.now(), isReset ? "peer_reset" : "error");
            end(isReset ? ConnectionEnd.PEER_RST : ConnectionEnd.ERROR, CloseMode.RST);
        } else {
            history.note(lane.now(), "peer_closed");
            history.note(lane.now(), hasUnread ? "close_rst" : "close_fin");
            end(ConnectionEnd.PEER_FIN, hasUnread ? CloseMode.RST : CloseMode.FIN);
        }
    }

    private void flush() throws IOException {
        ByteBuffer data = unsent;
        if (data == null) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, "write_ready", lane.loop().lagNanos(nowNanos));
        write(data);
        if (data.hasRemaining()) {
            return;
        }
        unsent = null;
        updateInterest();
        if (!endIfCut()) {
            conversation.onSent(this);
            if (peerClosed && state == State.OPEN && conversation.onPeerClosed()) {
                finish(CloseMode.FIN);
            }
        }
    }

    private void write(ByteBuffer data) throws IOException {
        int count = channel.write(data);
        book.sent(count);
        history.sent(count, lane.now());
    }

    private boolean endIfCut() {
        if (isCutAtLimit) {
            endAtLimit(ConnectionEnd.BYTE_LIMIT);
        }
        return isCutAtLimit;
    }

    private static ByteBuffer copyOf(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data).flip();
    }

    private void scheduleLimit() {
        Limits limits = terms.limits();
        Duration idle = limits.idle();
        Duration lifetime = limits.lifetime();
        if (idle == null && lifetime == null) {
            return;
        }
        long nowNanos = lane.now();
        long idleIn = leftNanos(idle, history.lastActivityNanos(), nowNanos);
        long lifetimeIn = leftNanos(lifetime, history.startNanos(), nowNanos);
        limit = lane.loop().scheduleAt(nowNanos + Math.max(1, Math.min(idleIn, lifetimeIn)), this);
    }

    private void onLimit() {
        long nowNanos = lane.now();
        Limits limits = terms.limits();
        if (leftNanos(limits.lifetime(), history.startNanos(), nowNanos) <= 0) {
            endAtLimit(ConnectionEnd.LIFETIME);
        } else if (leftNanos(limits.idle(), history.lastActivityNanos(), nowNanos) <= 0) {
            endAtLimit(ConnectionEnd.IDLE);
        } else {
            scheduleLimit();
        }
    }

    private static long leftNanos(@Nullable Duration limit, long sinceNanos, long nowNanos) {
        return limit == null ? Bounds.LONGEST.toNanos() : limit.toNanos() - (nowNanos - sinceNanos);
    }

    /// With FIN, where nothing unread turns it into a RST.
    private void endAtLimit(ConnectionEnd how) {
        history.note(lane.now(), hasUnread ? "close_rst" : "close_fin");
        end(how, hasUnread ? CloseMode.RST : CloseMode.FIN);
    }

    private void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        cancelDeadlines();
        unsent = null;
        history.ended(how, lane.now());
        if (mode == CloseMode.RST) {
            setLingerZero();
        }
        close();
        book.ended(this, how, terms.remembered());
    }

    private void close() {
        if (lane.loop().isInLoop()) {
            lane.loop().close(channel);
            return;
        }
        try {
            // The loop has ended before it ever knew of this channel.
            channel.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("close reported an error");
        }
    }

    private void setLingerZero() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // The peer was faster and the socket is gone already: there is nothing left to reset.
        }
    }

    private void cancelDeadlines() {
        if (wake != null) {
            lane.loop().cancel(wake);
            wake = null;
        }
        if (limit != null) {
            lane.loop().cancel(limit);
            limit = null;
        }
    }

    private void updateInterest() {
        if (key == null || state == State.ENDED) {
            return;
        }
        boolean reads = conversation.reads() ? isReading() : !hasUnread;
        int ops = (reads || state == State.LINGERING) && !peerClosed ? SelectionKey.OP_READ : 0;
        if (unsent != null) {
            ops |= SelectionKey.OP_WRITE;
        }
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }
}
