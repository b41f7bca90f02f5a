package dev.sonde.listen.conversation;

import dev.sonde.dialogue.Delay;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Sends lines of digits and letters, at its own pace or the peer's, and ends with FIN. Input of
/// the peer is dropped. Its FIN stops nothing, because the peer may still read. Confined to the
/// connection's loop.
final class StreamConversation implements Conversation {

    /// So that one fast peer does not hold up the loop.
    private static final int SENDS_PER_TURN = 8;

    private static final ByteBuffer PATTERN = pattern();

    private final Delay every;
    private final int chunk;
    private final @Nullable Long total;
    private long sent;

    StreamConversation(Behaviour.Stream stream) {
        this.every = stream.every();
        this.chunk = stream.chunk();
        this.total = stream.bytes();
    }

    @Override
    public void onStart(Wire wire) throws IOException {
        sendSome(wire);
    }

    @Override
    public void onSent(Wire wire) throws IOException {
        if (every.isZero() || isDone()) {
            sendSome(wire);
        } else {
            wire.wakeAfter(every.drawn());
        }
    }

    @Override
    public void onTimer(Wire wire) throws IOException {
        sendSome(wire);
    }

    @Override
    public boolean onPeerClosed() {
        return false;
    }

    private void sendSome(Wire wire) throws IOException {
        int most = every.isZero() ? SENDS_PER_TURN : 1;
        for (int i = 0; i < most && !isDone(); i++) {
            if (!wire.send(next())) {
                return;
            }
        }
        if (isDone()) {
            wire.finish(CloseMode.FIN);
        } else {
            wire.wakeAfter(every.drawn());
        }
    }

    private boolean isDone() {
        return total != null && sent >= total;
    }

    private ByteBuffer next() {
        int size = total == null ? chunk : (int) Math.min(chunk, total - sent);
        int from = (int) (sent % LINE.length());
        sent += size;
        return PATTERN.slice(from, size);
    }

    private static final String LINE =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+\n";

    private static ByteBuffer pattern() {
        int lines = Behaviour.Stream.LARGEST_CHUNK / LINE.length() + 1;
        byte[] bytes = LINE.repeat(lines).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
