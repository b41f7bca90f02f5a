package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.CloseMode;
import java.io.IOException;
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
    private final AcceptedSocket socket;
    private final Terms terms;
    private final Conversation conversation;
    private final ConnectionLog history;
    private final Exchange exchange;
    private State state = State.NEW;
    private @Nullable Deadline wake;
    private @Nullable TimeLimits timeLimits;

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
        this.socket = new AcceptedSocket(lane, channel);
        this.terms = terms;
        this.conversation = conversation;
        this.history = history;
        this.exchange =
                new Exchange(socket, lane, book, history, conversation, terms.limits().bytes());
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
            socket.register(this);
            state = State.OPEN;
            timeLimits = TimeLimits.start(terms.limits(), lane, history, this::endUnasked);
            conversation.onStart(this);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    /// Ends right after accept, on whatever loop accepted it: without a selector it costs less.
    void endAtOnce(CloseMode mode) {
        state = State.OPEN;
        try {
            if (mode == CloseMode.FIN && !socket.isSilent()) {
                socket.doNotBlock();
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
        wake = null;
        if (state == State.LINGERING) {
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
        boolean isReset = Glance.isReset(errno);
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
        return state == State.OPEN && exchange.send(data) && !endIfCut();
    }

    @Override
    public void pauseInput() {
        exchange.pauseInput(true);
    }

    @Override
    public void resumeInput() {
        exchange.pauseInput(false);
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
        if (exchange.peerClosed()) {
            end(ConnectionEnd.PEER_FIN, mode);
        } else if (isFin) {
            linger();
        } else {
            end(ConnectionEnd.OUR_RST, CloseMode.RST);
        }
    }

    /// Says that nothing more comes, and drops what the peer still sends for a while.
    private void linger() throws IOException {
        socket.endOutput();
        cancelDeadlines();
        state = State.LINGERING;
        exchange.drop();
        wakeAfter(LINGER);
    }

    private void read() throws IOException {
        switch (exchange.read(this)) {
            case SOMETHING -> {}
            case TOO_MUCH -> endUnasked(ConnectionEnd.BYTE_LIMIT);
            case END -> onPeerClosed();
        }
    }

    private void onPeerClosed() throws IOException {
        history.note(lane.now(), "peer_closed");
        if (state == State.LINGERING) {
            end(ConnectionEnd.OUR_FIN, CloseMode.FIN);
        } else if (conversation.onPeerClosed()) {
            finish(CloseMode.FIN);
        } else {
            exchange.updateInterest();
        }
    }

    private void look() {
        switch (exchange.look()) {
            case UNREAD -> wakeAfter(LOOK_AGAIN);
            case UNKNOWN -> {}
            case PEER_CLOSED -> {
                history.note(lane.now(), "peer_closed");
                endUnasked(ConnectionEnd.PEER_FIN);
            }
            case PEER_RESET -> {
                history.note(lane.now(), "peer_reset");
                end(ConnectionEnd.PEER_RST, CloseMode.RST);
            }
            case ERROR -> {
                history.note(lane.now(), "error");
                end(ConnectionEnd.ERROR, CloseMode.RST);
            }
        }
    }

    private void flush() throws IOException {
        if (!exchange.isBlocked()) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, "write_ready", lane.loop().lagNanos(nowNanos));
        if (!exchange.flush() || endIfCut()) {
            return;
        }
        conversation.onSent(this);
        if (exchange.peerClosed() && state == State.OPEN && conversation.onPeerClosed()) {
            finish(CloseMode.FIN);
        }
    }

    private boolean endIfCut() {
        if (exchange.isCut()) {
            endUnasked(ConnectionEnd.BYTE_LIMIT);
        }
        return exchange.isCut();
    }

    /// Without having been told to: with FIN, where nothing unread turns it into a RST.
    private void endUnasked(ConnectionEnd how) {
        boolean isReset = exchange.hasUnread();
        history.note(lane.now(), isReset ? "close_rst" : "close_fin");
        end(how, isReset ? CloseMode.RST : CloseMode.FIN);
    }

    private void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        cancelDeadlines();
        exchange.stop();
        history.ended(how, lane.now());
        socket.close(mode);
        book.ended(this, how, terms.remembered());
    }

    private void cancelDeadlines() {
        if (wake != null) {
            lane.loop().cancel(wake);
            wake = null;
        }
        if (timeLimits != null) {
            timeLimits.cancel();
        }
    }
}
