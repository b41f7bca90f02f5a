package dev.sonde.listen.payload;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Wire;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A conversation on its accepted connection. Input goes to it, its output goes to the peer, and
/// one deadline wakes it. The connection decides when it runs and how it ends.
///
/// Confined to the connection's loop.
public final class ConversationRun implements Wire {

    /// No readiness: the connection continues with the bytes that it holds.
    public static final int GO_ON = 0;

    /// The time between two checks for the peer's FIN behind unread bytes.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Owner owner;
    private final PayloadContext context;
    private final Lane lane;
    private final ConnectionLog history;
    private final Conversation conversation;
    private PayloadFlow flow;
    private @Nullable Deadline wake;

    /// The connection. It is the loop's handler of the deadline.
    public interface Owner extends ChannelHandler, DeadlineHandler {

        /// Whether payload may pass.
        boolean isOpen();

        /// Performs the TLS handshake; see [Wire#startTls].
        void startTls(ByteBuffer first);

        /// Ends the connection; see [Wire#finish].
        void finish(CloseMode mode) throws IOException;

        /// After the conversation's end the peer has closed as well, or the wait has ended.
        void onLingered();

        /// The connection has ended without a request. The first end wins.
        void end(ConnectionEnd how, CloseMode mode);
    }

    /// @param transport the carrier of the payload at first
    public ConversationRun(
            Owner owner, PayloadContext context, Conversation conversation, Transport transport) {
        this.owner = owner;
        this.context = context;
        this.lane = context.lane();
        this.history = context.history();
        this.conversation = conversation;
        this.flow = new PayloadFlow(context, transport, conversation);
    }

    /// Begins on the socket in clear, or continues at the end of the handshake before it.
    public void begin() throws IOException {
        conversation.onStart(this);
    }

    /// Begins or continues inside TLS.
    public void continueInside(Transport inside) throws IOException {
        carryThrough(inside);
        flow.updateInterest();
        if (conversation.startsTls()) {
            conversation.onSecured(this);
        } else {
            conversation.onStart(this);
        }
        readWhatIsHeld();
    }

    /// Lets payload pass through `other` from now on. Output that waits is given up.
    public void carryThrough(Transport other) {
        flow.stop();
        flow = new PayloadFlow(context, other, conversation);
    }

    /// Whether the peer sends no more.
    public boolean hasPeerClosed() {
        return flow.peerClosed();
    }

    /// The conversation has ended: input is dropped until the peer closes or the wait ends.
    public void drop(Duration longest) {
        flow.drop();
        wakeAfter(longest);
    }

    /// The connection has ended, and so has the conversation.
    public void stop() {
        cancel();
        flow.stop();
    }

    private void cancel() {
        if (wake != null) {
            lane.loop().cancel(wake);
            wake = null;
        }
    }

    /// The selector reports readiness, or the connection continues ([#GO_ON]).
    public void onReady(int readyOps) throws IOException {
        if (readyOps == GO_ON && owner.isOpen() && flow.isToBeReadAgain()) {
            read();
            return;
        }
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if (flow.isStopped() || (readyOps & SelectionKey.OP_READ) == 0) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, Kind.READ_READY, lane.loop().lagNanos(nowNanos));
        if (conversation.reads() || flow.isDropping()) {
            read();
        } else {
            look();
        }
    }

    public void onDeadline() throws IOException {
        wake = null;
        if (flow.isDropping()) {
            owner.onLingered();
        } else if (conversation.reads()) {
            conversation.onTimer(this);
        } else {
            look();
        }
    }

    /// Reads as much as one turn allows.
    public void read() throws IOException {
        switch (flow.read(this)) {
            case DATA, NOTHING -> readWhatIsHeld();
            case TOO_MUCH -> endUnasked(ConnectionEnd.BYTE_LIMIT);
            case END -> onPeerClosed();
        }
    }

    /// Reads bytes that have left the socket: the selector does not report them.
    private void readWhatIsHeld() {
        if (owner.isOpen() && flow.isToBeReadAgain()) {
            lane.loop().again(owner, GO_ON);
        }
    }

    private void onPeerClosed() throws IOException {
        history.note(lane.now(), Kind.PEER_CLOSED);
        if (flow.isDropping()) {
            owner.onLingered();
        } else if (conversation.onPeerClosed()) {
            owner.finish(CloseMode.FIN);
        } else {
            flow.updateInterest();
        }
    }

    private void look() {
        switch (flow.look()) {
            case UNREAD -> wakeAfter(LOOK_AGAIN);
            case UNKNOWN -> {}
            case PEER_CLOSED -> {
                history.note(lane.now(), Kind.PEER_CLOSED);
                endUnasked(ConnectionEnd.PEER_FIN);
            }
            case PEER_RESET -> {
                history.note(lane.now(), Kind.PEER_RESET);
                owner.end(ConnectionEnd.PEER_RST, CloseMode.RST);
            }
            case ERROR -> {
                history.note(lane.now(), Kind.ERROR);
                owner.end(ConnectionEnd.ERROR, CloseMode.RST);
            }
        }
    }

    private void flush() throws IOException {
        if (!flow.isBlocked()) {
            return;
        }
        long nowNanos = lane.now();
        history.noteReady(nowNanos, Kind.WRITE_READY, lane.loop().lagNanos(nowNanos));
        if (!flow.flush() || endIfCut()) {
            return;
        }
        conversation.onSent(this);
        if (flow.peerClosed() && owner.isOpen() && conversation.onPeerClosed()) {
            owner.finish(CloseMode.FIN);
        }
    }

    private boolean endIfCut() {
        if (flow.isCut()) {
            endUnasked(ConnectionEnd.BYTE_LIMIT);
        }
        return flow.isCut();
    }

    /// Ends the connection without a request: with FIN, unless unread bytes turn it into a RST.
    public void endUnasked(ConnectionEnd how) {
        boolean isReset = flow.hasUnread();
        history.note(lane.now(), isReset ? Kind.CLOSE_RST : Kind.CLOSE_FIN);
        owner.end(how, isReset ? CloseMode.RST : CloseMode.FIN);
    }

    @Override
    public boolean send(ByteBuffer data) throws IOException {
        return owner.isOpen() && flow.send(data) && !endIfCut();
    }

    @Override
    public void pauseInput() {
        flow.pauseInput(true);
    }

    @Override
    public void resumeInput() {
        flow.pauseInput(false);
        readWhatIsHeld();
    }

    @Override
    public void wakeAfter(Duration wait) {
        cancel();
        // Never due in the turn that runs now, so that nobody is called again and again in it.
        wake = lane.loop().scheduleAt(lane.now() + Math.max(1, wait.toNanos()), owner);
    }

    @Override
    public void startTls(ByteBuffer first) {
        owner.startTls(first);
    }

    @Override
    public void finish(CloseMode mode) throws IOException {
        owner.finish(mode);
    }
}
