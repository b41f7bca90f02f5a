package dev.sonde.listen.conversation;

import dev.sonde.dialogue.DialogueNeed;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Exchange;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Follows a script. Confined to the connection's loop.
///
/// If a step can no longer succeed, the connection ends with RST. The cause is unexpected bytes, a
/// rejected pattern, or a full buffer without a match.
public final class DialogueConversation implements Conversation {

    public static final int BUFFER_BYTES = 8_192;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Exchange exchange;
    private final RoundCounter rounds;
    private final boolean startsTls;

    /// The latest input while it is read: the exchange cannot take all of it at once.
    private ByteBuffer coming = NOTHING;

    private boolean isWaitingForInput;
    private boolean isOver;
    private boolean peerClosed;

    /// @param rounds how often the script is followed, at least 1
    DialogueConversation(Script script, int rounds) {
        this.exchange = new Exchange(script, BUFFER_BYTES);
        this.rounds = new RoundCounter(exchange, rounds);
        this.startsTls = script.startsTls();
    }

    /// One byte more than the buffer holds shows that the buffer does not suffice.
    @Override
    public int mostInput() {
        return Math.max(1, exchange.room());
    }

    @Override
    public boolean startsTls() {
        return startsTls;
    }

    @Override
    public void onStart(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public void onInput(Wire wire, ByteBuffer data) throws IOException {
        coming = data;
        try {
            take(wire, data);
        } finally {
            coming = NOTHING; // the loop's own
        }
    }

    private void take(Wire wire, ByteBuffer data) throws IOException {
        while (data.hasRemaining() && !isOver) {
            int count = Math.min(data.remaining(), exchange.room());
            if (count == 0) {
                isOver = true;
                wire.finish(CloseMode.RST);
                return;
            }
            exchange.take(data.slice(data.position(), count));
            rounds.came(count);
            data.position(data.position() + count);
            if (isWaitingForInput) {
                proceed(wire);
            }
        }
    }

    @Override
    public void onSent(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public void onSecured(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public void onTimer(Wire wire) throws IOException {
        proceed(wire);
    }

    @Override
    public boolean onPeerClosed() {
        peerClosed = true;
        return isWaitingForInput || isOver;
    }

    /// Goes on until it has to wait for something.
    private void proceed(Wire wire) throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            isWaitingForInput = false;
            rounds.beginIfDue();
            goesOn = isMet(exchange.proceed(), wire);
        }
        if (peerClosed && (isWaitingForInput || isOver)) {
            wire.finish(CloseMode.FIN);
        }
    }

    /// Whether the need of the dialogue is fulfilled already.
    private boolean isMet(DialogueNeed need, Wire wire) throws IOException {
        return switch (need) {
            case DialogueNeed.Input _ -> {
                isWaitingForInput = true;
                yield false;
            }
            case DialogueNeed.Turn _ ->
                    throw new IllegalStateException("what comes at once is looked at in one turn");
            case DialogueNeed.Send(ByteBuffer data) -> wire.send(data);
            case DialogueNeed.Pause(Duration length) -> {
                wire.wakeAfter(length);
                yield false;
            }
            case DialogueNeed.Tls _ -> {
                wire.startTls(untaken());
                yield false;
            }
            case DialogueNeed.Done _ -> isFollowedAgain();
            case DialogueNeed.Close(DialogueStep.Close mode) -> {
                isOver = true;
                wire.finish(mode == DialogueStep.Close.FIN ? CloseMode.FIN : CloseMode.RST);
                yield false;
            }
            case DialogueNeed.Failed _ -> {
                isOver = true;
                wire.finish(CloseMode.RST);
                yield false;
            }
        };
    }

    /// The steps are done.
    ///
    /// @return whether they begin anew at once. A round that used no byte waits for some, so it
    ///     does not repeat without end.
    private boolean isFollowedAgain() {
        if (rounds.isLast()) {
            isOver = true;
            return false;
        }
        isWaitingForInput = !rounds.end();
        return !isWaitingForInput;
    }

    /// The input that no step took. It came after the last bytes in clear.
    private ByteBuffer untaken() {
        ByteBuffer rest = exchange.rest();
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + coming.remaining());
        return all.put(rest).put(coming).flip();
    }
}
