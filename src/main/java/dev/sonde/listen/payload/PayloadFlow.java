package dev.sonde.listen.payload;

import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Wire;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.listen.transport.UnreadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/// The payload between a connection's peer and its conversation. It is read in pieces and sent as
/// far as the peer takes it. The selector reports a readiness only while it is needed. Confined to
/// the connection's loop.
final class PayloadFlow {

    /// So that one busy peer does not hold up its loop.
    private static final int READS_PER_TURN = 16;

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

    /// @param transport over the context's socket
    PayloadFlow(PayloadContext context, Transport transport, Conversation conversation) {
        this.socket = context.socket();
        this.transport = transport;
        this.conversation = conversation;
        this.intake = new PayloadReader(context, transport);
        this.outbox = new PayloadWriter(context, transport);
    }

    /// Whether the peer sends no more.
    boolean peerClosed() {
        return peerClosed;
    }

    /// Whether input is read and dropped.
    boolean isDropping() {
        return isDropping;
    }

    /// Whether nothing passes any more.
    boolean isStopped() {
        return isOver && !isDropping;
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

    /// The conversation has ended: waiting output is given up, further input is read and dropped.
    void drop() {
        stop();
        isDropping = true;
        updateInterest();
    }

    /// The conversation has ended, and so has all reading.
    void stop() {
        isOver = true;
        isDropping = false;
        outbox.clear();
    }

    void pauseInput(boolean isPaused) {
        isInputPaused = isPaused;
        updateInterest();
    }

    /// Whether bytes can be read now that the selector does not report.
    boolean isToBeReadAgain() {
        return conversation.reads() && isReading() && transport.mayHoldMore();
    }

    /// Gives input to the conversation, or drops it after the end of that. It reads all that waits,
    /// or as much as one turn allows.
    ///
    /// @return the outcome of the last read
    PayloadReader.Read read(Wire wire) throws IOException {
        PayloadReader.Read last = PayloadReader.Read.NOTHING;
        for (int i = 0; i < READS_PER_TURN && isReading(); i++) {
            boolean isDropped = isDropping;
            last = isDropped ? intake.skip() : intake.read(conversation.mostInput());
            if (last != PayloadReader.Read.DATA) {
                peerClosed |= last == PayloadReader.Read.END;
                return last;
            }
            if (!isDropped) {
                boolean isDrained = intake.isDrained();
                conversation.onInput(wire, intake.piece());
                if (isDrained) {
                    return last;
                }
            }
        }
        return last;
    }

    private boolean isReading() {
        return isOver ? isDropping : !isInputPaused && !peerClosed;
    }

    /// Checks input that is not to be read: bytes, which stay, or the peer's end. Only the kernel
    /// can distinguish them.
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

    /// Has the selector report only the readiness that somebody wants.
    void updateInterest() {
        if (isStopped()) {
            return;
        }
        boolean reads = conversation.reads() ? isReading() : !hasUnread;
        int ops = (reads || isDropping) && !peerClosed ? SelectionKey.OP_READ : 0;
        socket.interest(outbox.isBlocked() ? ops | SelectionKey.OP_WRITE : ops);
    }
}
