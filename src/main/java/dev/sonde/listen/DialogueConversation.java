package dev.sonde.listen;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Follows a script: waits for patterns, pauses, sends, closes. Confined to the connection's loop.
///
/// A pattern is looked for in what came in since the last match, read as UTF-8. Where so much came
/// without a match that the buffer is full, the connection ends with RST.
final class DialogueConversation implements Conversation {

    static final int BUFFER_BYTES = 8_192;

    private static final int FIRST_BUFFER_BYTES = 512;

    private final List<Script.Action> script;
    private int next;
    private boolean isWaitingForInput;
    private boolean peerClosed;
    private byte[] input = new byte[0];
    private int length;

    DialogueConversation(Script script) {
        this.script = script.actions();
    }

    @Override
    public void onStart(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public void onInput(Wire wire, ByteBuffer data) throws IOException {
        if (isOver()) {
            return;
        }
        if (length + data.remaining() > BUFFER_BYTES) {
            wire.finish(CloseMode.RST);
            return;
        }
        int needed = length + data.remaining();
        if (needed > input.length) {
            input = Arrays.copyOf(input, Math.max(FIRST_BUFFER_BYTES, 2 * needed));
        }
        data.get(input, length, data.remaining());
        length = needed;
        if (isWaitingForInput) {
            proceed(wire);
        }
    }

    @Override
    public void onSent(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public void onTimer(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public boolean onPeerClosed() {
        peerClosed = true;
        return isWaitingForInput || isOver();
    }

    private boolean isOver() {
        return next >= script.size();
    }

    /// Goes on until it has to wait for something.
    private void proceed(Wire wire) throws IOException {
        isWaitingForInput = false;
        while (!isOver()) {
            Script.Action action = script.get(next);
            if (action instanceof Script.Action.Expect(Pattern pattern) && !isFound(pattern)) {
                isWaitingForInput = true;
                break;
            }
            next++;
            if (!isDone(action, wire)) {
                return;
            }
        }
        if (peerClosed) {
            wire.finish(CloseMode.FIN);
        }
    }

    private static boolean isDone(Script.Action action, Wire wire) throws IOException {
        return switch (action) {
            case Script.Action.Expect _ -> true;
            case Script.Action.Pause(Duration length) -> {
                wire.wakeAfter(length);
                yield false;
            }
            case Script.Action.Send(Payload payload) -> wire.send(payload.bytes());
            case Script.Action.Finish(CloseMode mode) -> {
                wire.finish(mode);
                yield false;
            }
        };
    }

    private boolean isFound(Pattern pattern) {
        Matcher matcher = pattern.matcher(Arrays.copyOf(input, length));
        if (!matcher.find()) {
            return false;
        }
        int end = matcher.end();
        System.arraycopy(input, end, input, 0, length - end);
        length -= end;
        return true;
    }
}
