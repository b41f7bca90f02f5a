package dev.sonde.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The large buffer of an answer, which many short writes fill. The buffer is kept until the server
/// flushes the end of the answer. Belongs to the serving thread.
final class GatheredAnswer {

    /// Sends a whole buffer.
    @FunctionalInterface
    interface Sender {
        void send(ByteBuffer whole) throws IOException;
    }

    private final Sender sender;
    private @Nullable LargeBuffers buffers;
    private @Nullable ByteBuffer gathered;
    private boolean isComplete;

    GatheredAnswer(Sender sender) {
        this.sender = sender;
    }

    /// Bytes are gathered from now on.
    void begin(LargeBuffers from) {
        if (gathered == null) {
            buffers = from;
            gathered = from.take();
            isComplete = false;
        }
    }

    /// The server has the whole answer, and flushes what remains of it.
    void complete() {
        isComplete = true;
    }

    /// Takes bytes, and sends the buffer each time it is full.
    ///
    /// @return false where nothing is gathered now
    boolean write(ByteBuffer from) throws IOException {
        ByteBuffer into = gathered;
        if (into == null) {
            return false;
        }
        int limit = from.limit();
        while (from.position() < limit) {
            from.limit(Math.min(limit, from.position() + into.remaining()));
            into.put(from);
            if (!into.hasRemaining()) {
                send(into);
            }
            from.limit(limit);
        }
        return true;
    }

    void flush() throws IOException {
        ByteBuffer whole = gathered;
        if (whole != null && whole.position() > 0) {
            send(whole);
        }
        if (isComplete) {
            end();
        }
    }

    private void send(ByteBuffer whole) throws IOException {
        sender.send(whole.flip());
        whole.clear();
    }

    /// Gives the buffer back. After an error, unsent bytes are dropped: their connection ends.
    void end() {
        if (gathered != null && buffers != null) {
            buffers.giveBack(gathered);
        }
        gathered = null;
        buffers = null;
    }
}
