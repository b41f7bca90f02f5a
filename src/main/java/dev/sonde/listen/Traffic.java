package dev.sonde.listen;

import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Wire;
import dev.sonde.listen.engine.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.listen.transport.UnreadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// The payload that passes between a connection's peer and its conversation: read in pieces, sent
/// as far as the peer takes it, and asked of the selector only while somebody wants it. Confined
/// to the connection's loop.
final class Traffic {

    /// So that one busy peer does not hold up its loop.
    private static final int READS_PER_TURN = 16;

    /// What reading came to.
    enum Heard {
        /// What there was, or as much of it as one turn allows.
        SOMETHING,
        /// The peer sends no more.
        END,
        /// More than may come.
        TOO_MUCH
    }

    private final AcceptedSocket socket;
    private final Transport transport;
    private final Conversation conversation;
    private final PayloadReader intake;
    private final PayloadWriter outbox;
    private boolean isInputPaused;
    private boolean hasUnread;
    private boolean peerClosed;
    private boolean isOver;
    private boolean isDropping;

    /// @param socket that the transport goes over
    /// @param most bytes in either direction; no limit when absent
    Traffic(
            AcceptedSocket socket,
            Transport transport,
            Lane lane,
            ListenerConnections book,
            ConnectionLog history,
            Conversation conversation,
            @Nullable Long most) {
        this.socket = socket;
        this.transport = transport;
        this.conversation = conversation;
        this.intake = new PayloadReader(transport, lane, book, history, most);
        this.outbox = new PayloadWriter(transport, lane, book, history, most);
    }

    /// Whether the peer sends no more.
    boolean peerClosed() {
        return peerClosed;
    }

    /// Whether bytes wait in the kernel that nobody reads.
    boolean hasUnread() {
        return hasUnread;
    }

    /// Whether something waits until the peer takes more.
    boolean isBlocked() {
        return outbox.isBlocked();
    }

    /// Whether the last data were more than the limit leaves.
    boolean isCut() {
        return outbox.isCut();
    }

    /// The conversation is over: what waits is given up, what still comes is read and dropped.
    void drop() {
        stop();
        isDropping = true;
        updateInterest();
    }

    /// The conversation is over, and so is all reading.
    void stop() {
        isOver = true;
        isDropping = false;
        outbox.clear();
    }

    void pauseInput(boolean isPaused) {
        isInputPaused = isPaused;
        updateInterest();
    }

    /// Whether there is something to be read now that the selector does not tell of.
    boolean isToBeReadAgain() {
        return conversation.reads() && isReading() && transport.mayHoldMore();
    }

    /// Gives what came to the conversation, or drops it where that is over.
    Heard read(Wire wire) throws IOException {
        for (int i = 0; i < READS_PER_TURN && isReading(); i++) {
            boolean isDropped = isDropping;
            switch (isDropped ? intake.skip() : intake.read(conversation.mostInput())) {
                case DATA -> {
                    if (!isDropped) {
                        conversation.onInput(wire, intake.piece());
                    }
                }
                case TOO_MUCH -> {
                    return Heard.TOO_MUCH;
                }
                case END -> {
                    peerClosed = true;
                    return Heard.END;
                }
                case NOTHING -> {
                    return Heard.SOMETHING;
                }
            }
        }
        return Heard.SOMETHING;
    }

    private boolean isReading() {
        return isOver ? isDropping : !isInputPaused && !peerClosed;
    }

    /// Something came that is not to be read: bytes, which stay, or the peer's end, which only the
    /// kernel can tell apart from them.
    UnreadInput look() {
        UnreadInput seen = socket.glance();
        if (seen == UnreadInput.UNREAD || seen == UnreadInput.UNKNOWN) {
            hasUnread = true;
            updateInterest();
        }
        return seen;
    }

    /// Sends, as far as the peer takes it.
    ///
    /// @return whether nothing of it waits
    boolean send(ByteBuffer data) throws IOException {
        boolean isSent = outbox.send(data);
        if (!isSent) {
            updateInterest();
        }
        return isSent;
    }

    /// Goes on with what waits.
    ///
    /// @return whether nothing waits any more
    boolean flush() throws IOException {
        boolean isSent = outbox.flush();
        if (isSent) {
            updateInterest();
        }
        return isSent;
    }

    /// Has the selector tell of what somebody wants, and of nothing else.
    void updateInterest() {
        if (isOver && !isDropping) {
            return;
        }
        boolean reads = conversation.reads() ? isReading() : !hasUnread;
        int ops = (reads || isDropping) && !peerClosed ? SelectionKey.OP_READ : 0;
        socket.interest(outbox.isBlocked() ? ops | SelectionKey.OP_WRITE : ops);
    }
}
