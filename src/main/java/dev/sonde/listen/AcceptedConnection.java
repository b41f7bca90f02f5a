package dev.sonde.listen;

import dev.sonde.eventloop.Deadline;
import dev.sonde.lane.Lane;
import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.payload.ConversationRun;
import dev.sonde.listen.payload.PayloadContext;
import dev.sonde.listen.payload.PayloadTransport;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Opening;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.tls.TlsServer;
import java.io.IOException;
import java.nio.ByteBuffer;
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
final class AcceptedConnection implements OpenConnection, ConversationRun.Owner {

    private static final Logger log = LoggerFactory.getLogger(AcceptedConnection.class);

    /// A peer that never closes its side must not keep ours.
    private static final Duration LINGER = Duration.ofSeconds(2);

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
    private final ConnectionTerms terms;
    private final ConnectionLog history;
    private final PayloadTransport carrier;
    private final ConversationRun conversation;
    private State state = State.NEW;

    /// How it will have ended when it has lingered.
    private ConnectionEnd lingersAs = ConnectionEnd.OUR_FIN;

    private @Nullable TimeLimits timeLimits;

    AcceptedConnection(
            ListenerConnections book,
            Lane lane,
            SocketChannel channel,
            ConnectionTerms terms,
            Conversation conversation,
            ConnectionLog history) {
        this.book = book;
        this.lane = lane;
        this.socket = new AcceptedSocket(lane, channel);
        this.terms = terms;
        this.history = history;
        PayloadContext context =
                new PayloadContext(socket, lane, book, history, terms.limits().bytes());
        this.carrier = new PayloadTransport(context);
        if (!conversation.startsTls() && terms.tls() != null) {
            secure(terms.tls(), NOTHING);
        }
        this.conversation = new ConversationRun(this, context, conversation, carrier.transport());
    }

    private void secure(TlsServer server, ByteBuffer first) {
        carrier.startTls(
                server, first, book.engine().tls().threads(), () -> lane.loop().execute(this));
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
    public boolean belongsTo(ConnectionOwner listener, Lane to) {
        return terms.owner().equals(listener) && lane.equals(to);
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// Starts on the connection's own loop, or continues there with bytes that the selector does
    /// not report.
    @Override
    public void run() {
        try {
            switch (state) {
                case NEW -> start();
                case SHAKING -> shake();
                case OPEN -> conversation.read();
                case LINGERING, ENDED -> {}
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void start() throws IOException {
        socket.register(this);
        state = carrier.isShaking() ? State.SHAKING : State.OPEN;
        timeLimits = TimeLimits.start(terms.limits(), lane, history, conversation::endUnasked);
        if (state == State.SHAKING) {
            shake();
        } else if (state == State.OPEN) {
            conversation.begin();
        }
    }

    private void shake() throws IOException {
        switch (carrier.proceed()) {
            case Opening.Progress.Waiting _ -> {
                if (carrier.mayHoldMore()) {
                    lane.loop().again(this, ConversationRun.GO_ON);
                }
            }
            case Opening.Progress.Done _ -> {
                state = State.OPEN;
                conversation.continueInside(carrier.transport());
            }
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

    @Override
    public void endByRequest(CloseMode mode) {
        if (state == State.OPEN) {
            try {
                finish(mode);
            } catch (IOException | RuntimeException e) {
                onFailure(e);
            }
        } else if (state == State.NEW || state == State.SHAKING) {
            noteClose(mode);
            end(asked(mode), mode);
        }
    }

    /// The listener closes. This connection then ends with a RST, unless its end is decided
    /// already.
    @Override
    public void onListenerClosed() {
        switch (state) {
            case NEW, SHAKING, OPEN -> {
                noteClose(CloseMode.RST);
                end(ConnectionEnd.LISTENER_CLOSED, CloseMode.RST);
            }
            case LINGERING -> onLingered();
            case ENDED -> {}
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        switch (state) {
            case SHAKING -> shake();
            case NEW, OPEN, LINGERING -> conversation.onReady(readyOps);
            case ENDED -> {}
        }
    }

    @Override
    public void onDeadline(Deadline due) throws IOException {
        if (state != State.ENDED) {
            conversation.onDeadline();
        }
    }

    @Override
    public void onFailure(Exception cause) {
        if (state == State.ENDED) {
            return;
        }
        ConnectionEnd insideTls = carrier.broken(cause);
        if (insideTls != null) {
            end(insideTls, CloseMode.FIN);
            return;
        }
        if (!(cause instanceof IOException)) {
            log.atError().setCause(cause).log("connection failed");
        }
        ConnectionEnd how = carrier.failed(cause, book.engine().sockets().errors());
        // The kernel has no connection to reset where the peer has reset it.
        CloseMode mode = how == ConnectionEnd.PEER_RST ? CloseMode.FIN : CloseMode.RST;
        end(state == State.LINGERING ? lingersAs : how, mode);
    }

    @Override
    public void onLoopClosed() {
        onListenerClosed();
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
        secure(terms.tls(), first);
        conversation.carryThrough(carrier.transport());
        state = State.SHAKING;
        socket.interest(0);
        lane.loop().execute(this);
    }

    @Override
    public void finish(CloseMode mode) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        noteClose(mode);
        if (conversation.hasPeerClosed()) {
            end(ConnectionEnd.PEER_FIN, mode);
        } else if (mode == CloseMode.FIN) {
            linger();
        } else {
            end(ConnectionEnd.OUR_RST, CloseMode.RST);
        }
    }

    /// Sends FIN, and for a while drops input of the peer.
    private void linger() throws IOException {
        carrier.transport().endOutput();
        cancelLimits();
        state = State.LINGERING;
        conversation.drop(LINGER);
    }

    @Override
    public void onLingered() {
        end(lingersAs, CloseMode.FIN);
    }

    private void noteClose(CloseMode mode) {
        history.note(lane.now(), mode == CloseMode.FIN ? Kind.CLOSE_FIN : Kind.CLOSE_RST);
    }

    private static ConnectionEnd asked(CloseMode mode) {
        return mode == CloseMode.FIN ? ConnectionEnd.OUR_FIN : ConnectionEnd.OUR_RST;
    }

    @Override
    public void end(ConnectionEnd how, CloseMode mode) {
        if (state == State.ENDED) {
            return;
        }
        carrier.stop();
        state = State.ENDED;
        cancelLimits();
        conversation.stop();
        history.ended(how, lane.now());
        carrier.transport().close(mode);
        book.ended(this, how, terms.remembered());
    }

    private void cancelLimits() {
        if (timeLimits != null) {
            timeLimits.cancel();
        }
    }
}
