package dev.sonde.listen;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.Errno;
import dev.sonde.lane.Lane;
import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Wire;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Opening;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.tls.TlsServer;
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
/// New --run--> [Shaking] --> Open --finish(FIN)--> Lingering --peer's FIN, RST or silence--> Ended
///   |            |  | ^        ||------ finish(RST), peer's FIN or RST, a limit, an error -----^
///   |            |  | '-startTls'                                                              |
///   |            |  '---- refused, with an alert --> Lingering                                 |
///   '------------'--------------'------ listener closed, loop closed --------------------------'
/// ```
///
/// With TLS, the handshake runs first or when the conversation asks for it, and `close_notify`
/// precedes every FIN.
///
/// Confined to its loop's thread. The first end wins; [#end] is the only place where it ends.
final class AcceptedConnection implements Handler, OpenConnection, Wire {

    private static final Logger log = LoggerFactory.getLogger(AcceptedConnection.class);

    /// A peer that never closes its side must not keep ours.
    private static final Duration LINGER = Duration.ofSeconds(2);

    /// The time between two checks for the peer's FIN behind unread bytes.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /// No readiness: the connection continues with the bytes that it holds.
    private static final int GO_ON = 0;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum State {
        NEW,
        SHAKING,
        OPEN,
        LINGERING,
        ENDED
    }

    private final ListenerConnections book;
    private final Lane lane;
    private final AcceptedSocket socket;
    private final Terms terms;
    private final Conversation conversation;
    private final ConnectionLog history;
    private final PayloadTransport carrier;
    private PayloadFlow traffic;
    private State state = State.NEW;

    /// How it will have ended when it has lingered.
    private ConnectionEnd lingersAs = ConnectionEnd.OUR_FIN;

    private @Nullable Deadline wake;
    private @Nullable TimeLimits timeLimits;

    /// The terms of the listener at the accept of the connection.
    ///
    /// @param owner the listener, which takes its connections along when it closes
    /// @param remembered how many ended connections are kept
    /// @param tls the server of the handshake; absent when payload goes in clear
    record Terms(ManagedListener owner, Limits limits, int remembered, @Nullable TlsServer tls) {}

    AcceptedConnection(
            ListenerConnections book,
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
        this.carrier = new PayloadTransport(socket, lane, history);
        this.traffic = newTraffic();
        if (!conversation.startsTls() && terms.tls() != null) {
            secure(terms.tls(), NOTHING);
        }
    }

    private PayloadFlow newTraffic() {
        return new PayloadFlow(
                socket,
                carrier.transport(),
                lane,
                book,
                history,
                conversation,
                terms.limits().bytes());
    }

    private void secure(TlsServer server, ByteBuffer first) {
        carrier.startTls(
                server, first, book.engine().tls().threads(), () -> lane.loop().execute(this));
        traffic = newTraffic();
    }

    @Override
    public ConnectionLog log() {
        return history;
    }

    @Override
    public boolean isOn(Lane other) {
        return lane.equals(other);
    }

    @Override
    public boolean belongsTo(ManagedListener listener, Lane to) {
        return terms.owner().equals(listener) && lane.equals(to);
    }

    /// Starts on the connection's own loop, or continues there with bytes that the selector does
    /// not report.
    @Override
    public void run() {
        try {
            switch (state) {
                case NEW -> start();
                case SHAKING -> shake();
                case OPEN -> read();
                case LINGERING, ENDED -> {}
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void start() throws IOException {
        socket.register(this);
        state = carrier.isShaking() ? State.SHAKING : State.OPEN;
        timeLimits = TimeLimits.start(terms.limits(), lane, history, this::endUnasked);
        if (state == State.SHAKING) {
            shake();
        } else if (state == State.OPEN) {
            conversation.onStart(this);
        }
    }

    private void shake() throws IOException {
        switch (carrier.proceed()) {
            case Opening.Progress.Waiting _ -> goOnSoon(carrier.mayHoldMore());
            case Opening.Progress.Done _ -> beginInside();
            case Opening.Progress.Failed(ConnectionEnd how, _) -> {
                lingersAs = how;
                linger();
            }
            case Opening.Progress.PeerClosed _ -> {
                history.note(lane.now(), Kind.PEER_CLOSED);
                end(ConnectionEnd.PEER_FIN, CloseMode.FIN);
            }
        }
    }

    private void beginInside() throws IOException {
        state = State.OPEN;
        traffic = newTraffic();
        traffic.updateInterest();
        if (conversation.startsTls()) {
            conversation.onSecured(this);
        } else {
            conversation.onStart(this);
        }
        readWhatIsHeld();
    }

    /// Reads bytes that have left the socket: the selector does not report them.
    private void readWhatIsHeld() {
        goOnSoon(state == State.OPEN && traffic.isToBeReadAgain());
    }

    private void goOnSoon(boolean isToGoOn) {
        if (isToGoOn) {
            lane.loop().again(this, GO_ON);
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
                history.note(lane.now(), isFin ? Kind.CLOSE_FIN : Kind.CLOSE_RST);
                end(isFin ? ConnectionEnd.OUR_FIN : ConnectionEnd.OUR_RST, mode);
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    @Override
    public void endByRequest(CloseMode mode) {
        if (state == State.OPEN) {
            try {
                finish(mode);
            } catch (IOException | RuntimeException e) {
                onFailure(e);
            }
        } else if (state == State.NEW || state == State.SHAKING) {
            boolean isFin = mode == CloseMode.FIN;
            history.note(lane.now(), isFin ? Kind.CLOSE_FIN : Kind.CLOSE_RST);
            end(isFin ? ConnectionEnd.OUR_FIN : ConnectionEnd.OUR_RST, mode);
        }
    }

    /// The listener closes. This connection then ends with a RST, unless its end is decided
    /// already.
    @Override
    public void onListenerClosed() {
        switch (state) {
            case NEW, SHAKING, OPEN -> {
                history.note(lane.now(), Kind.CLOSE_RST);
                end(ConnectionEnd.LISTENER_CLOSED, CloseMode.RST);
            }
            case LINGERING -> end(lingersAs, CloseMode.FIN);
            case ENDED -> {}
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        if (state == State.SHAKING) {
            shake();
            return;
        }
        if (readyOps == GO_ON && state == State.OPEN && traffic.isToBeReadAgain()) {
            read();
            return;
        }
        if (state != State.ENDED && (readyOps & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if (state == State.ENDED || (readyOps & SelectionKey.OP_READ) == 0) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, Kind.READ_READY, lane.loop().lagNanos(nowNanos));
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
            end(lingersAs, CloseMode.FIN);
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
        ConnectionEnd broken = carrier.broken(cause);
        if (broken != null) {
            end(broken, CloseMode.FIN);
            return;
        }
        Errno errno = book.engine().errors().errnoOf(String.valueOf(cause.getMessage()));
        boolean isReset = errno.isReset();
        if (cause instanceof IOException && isReset) {
            history.note(lane.now(), Kind.PEER_RESET);
        } else {
            history.noteError(lane.now(), errno.name());
            if (!(cause instanceof IOException)) {
                log.atError().setCause(cause).log("connection failed");
            }
        }
        ConnectionEnd how = isReset ? ConnectionEnd.PEER_RST : ConnectionEnd.ERROR;
        end(state == State.LINGERING ? lingersAs : how, CloseMode.RST);
    }

    @Override
    public void onLoopClosed() {
        onListenerClosed();
    }

    @Override
    public boolean send(ByteBuffer data) throws IOException {
        return state == State.OPEN && traffic.send(data) && !endIfCut();
    }

    @Override
    public void pauseInput() {
        traffic.pauseInput(true);
    }

    @Override
    public void resumeInput() {
        traffic.pauseInput(false);
        readWhatIsHeld();
    }

    @Override
    public void wakeAfter(Duration wait) {
        if (wake != null) {
            lane.loop().cancel(wake);
        }
        // Never due in the turn that runs now, so that nobody is called again and again in it.
        wake = lane.loop().scheduleAt(lane.now() + Math.max(1, wait.toNanos()), this);
    }

    /// Nothing is read in clear any more; the rest happens after this call.
    @Override
    public void startTls(ByteBuffer first) {
        if (state != State.OPEN) {
            return;
        }
        if (terms.tls() == null) {
            throw new IllegalStateException("no TLS without a certificate");
        }
        traffic.stop();
        secure(terms.tls(), first);
        state = State.SHAKING;
        socket.interest(0);
        lane.loop().execute(this);
    }

    @Override
    public void finish(CloseMode mode) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        boolean isFin = mode == CloseMode.FIN;
        history.note(lane.now(), isFin ? Kind.CLOSE_FIN : Kind.CLOSE_RST);
        if (traffic.peerClosed()) {
            end(ConnectionEnd.PEER_FIN, mode);
        } else if (isFin) {
            linger();
        } else {
            end(ConnectionEnd.OUR_RST, CloseMode.RST);
        }
    }

    /// Sends FIN, and for a while drops input of the peer.
    private void linger() throws IOException {
        carrier.transport().endOutput();
        cancelDeadlines();
        state = State.LINGERING;
        traffic.drop();
        wakeAfter(LINGER);
    }

    private void read() throws IOException {
        switch (traffic.read(this)) {
            case SOMETHING -> readWhatIsHeld();
            case TOO_MUCH -> endUnasked(ConnectionEnd.BYTE_LIMIT);
            case END -> onPeerClosed();
        }
    }

    private void onPeerClosed() throws IOException {
        history.note(lane.now(), Kind.PEER_CLOSED);
        if (state == State.LINGERING) {
            end(lingersAs, CloseMode.FIN);
        } else if (conversation.onPeerClosed()) {
            finish(CloseMode.FIN);
        } else {
            traffic.updateInterest();
        }
    }

    private void look() {
        switch (traffic.look()) {
            case UNREAD -> wakeAfter(LOOK_AGAIN);
            case UNKNOWN -> {}
            case PEER_CLOSED -> {
                history.note(lane.now(), Kind.PEER_CLOSED);
                endUnasked(ConnectionEnd.PEER_FIN);
            }
            case PEER_RESET -> {
                history.note(lane.now(), Kind.PEER_RESET);
                end(ConnectionEnd.PEER_RST, CloseMode.RST);
            }
            case ERROR -> {
                history.note(lane.now(), Kind.ERROR);
                end(ConnectionEnd.ERROR, CloseMode.RST);
            }
        }
    }

    private void flush() throws IOException {
        if (!traffic.isBlocked()) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, Kind.WRITE_READY, lane.loop().lagNanos(nowNanos));
        if (!traffic.flush() || endIfCut()) {
            return;
        }
        conversation.onSent(this);
        if (traffic.peerClosed() && state == State.OPEN && conversation.onPeerClosed()) {
            finish(CloseMode.FIN);
        }
    }

    private boolean endIfCut() {
        if (traffic.isCut()) {
            endUnasked(ConnectionEnd.BYTE_LIMIT);
        }
        return traffic.isCut();
    }

    /// An end without a request: with FIN, unless unread bytes turn it into a RST.
    private void endUnasked(ConnectionEnd how) {
        boolean isReset = traffic.hasUnread();
        history.note(lane.now(), isReset ? Kind.CLOSE_RST : Kind.CLOSE_FIN);
        end(how, isReset ? CloseMode.RST : CloseMode.FIN);
    }

    private void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        carrier.stop();
        state = State.ENDED;
        cancelDeadlines();
        traffic.stop();
        history.ended(how, lane.now());
        carrier.transport().close(mode);
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
