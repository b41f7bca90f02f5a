package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.Errno;
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
    private final Intake intake;
    private final Outbox outbox;
    private State state = State.NEW;
    private @Nullable SelectionKey key;
    private @Nullable Deadline wake;
    private @Nullable TimeLimits timeLimits;
    private boolean isInputPaused;
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
        Long most = terms.limits().bytes();
        this.intake = new Intake(channel, lane, book, history, most);
        this.outbox = new Outbox(channel, lane, book, history, most);
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
            if (mode == CloseMode.FIN && !Glance.isSilent(lane, channel)) {
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
        if (state != State.OPEN) {
            return false;
        }
        boolean isSent = outbox.send(data);
        if (!isSent) {
            updateInterest();
        }
        return isSent && !endIfCut();
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
            boolean isOpen = state == State.OPEN;
            switch (isOpen ? intake.read() : intake.skip()) {
                case DATA -> {
                    if (isOpen) {
                        conversation.onInput(this, intake.piece());
                    }
                }
                case TOO_MUCH -> endUnasked(ConnectionEnd.BYTE_LIMIT);
                case END -> onPeerClosed();
                case NOTHING -> {
                    return;
                }
            }
        }
    }

    private boolean isReading() {
        return state == State.LINGERING || (state == State.OPEN && !isInputPaused && !peerClosed);
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
        switch (Glance.at(lane, channel)) {
            case UNREAD -> {
                hasUnread = true;
                updateInterest();
                wakeAfter(LOOK_AGAIN);
            }
            case UNKNOWN -> {
                hasUnread = true;
                updateInterest();
            }
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
        if (!outbox.isBlocked()) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, "write_ready", lane.loop().lagNanos(nowNanos));
        if (!outbox.flush()) {
            return;
        }
        updateInterest();
        if (!endIfCut()) {
            conversation.onSent(this);
            if (peerClosed && state == State.OPEN && conversation.onPeerClosed()) {
                finish(CloseMode.FIN);
            }
        }
    }

    private boolean endIfCut() {
        if (outbox.isCut()) {
            endUnasked(ConnectionEnd.BYTE_LIMIT);
        }
        return outbox.isCut();
    }

    /// Without having been told to: with FIN, where nothing unread turns it into a RST.
    private void endUnasked(ConnectionEnd how) {
        history.note(lane.now(), hasUnread ? "close_rst" : "close_fin");
        end(how, hasUnread ? CloseMode.RST : CloseMode.FIN);
    }

    private void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        cancelDeadlines();
        outbox.clear();
        history.ended(how, lane.now());
        lane.end(channel, mode);
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

    private void updateInterest() {
        if (key == null || state == State.ENDED) {
            return;
        }
        boolean reads = conversation.reads() ? isReading() : !hasUnread;
        int ops = (reads || state == State.LINGERING) && !peerClosed ? SelectionKey.OP_READ : 0;
        if (outbox.isBlocked()) {
            ops |= SelectionKey.OP_WRITE;
        }
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }
}
