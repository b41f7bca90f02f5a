package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One run of a script over the bytes of one connection. The exchange names its need. The owner of
/// the connection fulfils the need and calls again. Not thread-safe.
///
/// ```
/// proceed --> Input --take, end--> proceed
///    |'-----> Send, Pause, Tls --done--> proceed
///    '------> Done | Close | Failed
/// ```
public final class Exchange {

    private static final DialogueNeed INPUT = new DialogueNeed.Input();
    private static final DialogueNeed TURN = new DialogueNeed.Turn();

    private final Script script;
    private final Incoming incoming;
    private final Search search;
    private int next;
    private int step = 1;

    /// @param mostBytes how many bytes may wait for a match
    public Exchange(Script script, int mostBytes) {
        this.script = script;
        this.incoming = new Incoming(mostBytes);
        this.search = new Search(incoming);
    }

    /// Begins anew with the first step. Received bytes that no step has used stay.
    public void restart() {
        next = 0;
        step = 1;
        search.begin();
    }

    /// How many bytes have come that no step has used.
    public int unused() {
        return incoming.length();
    }

    /// How many bytes [#take] takes now.
    public int room() {
        return incoming.room();
    }

    /// Bytes came. May be called at any time.
    ///
    /// @param data not more than [#room]
    public void take(ByteBuffer data) {
        incoming.add(data);
    }

    /// The peer sends no more.
    public void end() {
        search.end();
    }

    /// The step that runs, or ran last, from 1.
    public int step() {
        return step;
    }

    /// Whether something came for the step that runs.
    public boolean isAnswered() {
        return search.isAnswered();
    }

    /// Whether the step that runs wants certain bytes, not a pattern.
    public boolean expectsBytes() {
        return next < script.actions().size()
                && script.actions().get(next) instanceof Action.ExpectBytes;
    }

    /// Whether a pattern may be in the latest bytes. A large buffer is not searched again for each
    /// further byte, but only after [#lookAgain].
    public boolean isUntried() {
        return search.isUntried();
    }

    /// Has the next [#proceed] search the whole buffer.
    public void lookAgain() {
        search.lookAgain();
    }

    /// The captures so far, by name.
    public Map<String, String> labels() {
        return Collections.unmodifiableMap(search.labels());
    }

    /// The text that the step reads, or read last: a line if it reads lines.
    public byte[] seen() {
        return search.seen();
    }

    /// Takes what has come and no step has used.
    public ByteBuffer rest() {
        ByteBuffer rest = ByteBuffer.wrap(incoming.all());
        incoming.drop(incoming.length());
        return rest;
    }

    /// Goes on through all that has come, in one turn.
    public DialogueNeed proceed() {
        return proceed(() -> false);
    }

    /// Continues as far as possible. To be called first, and when the last need was fulfilled.
    ///
    /// @param isTurnOver whether the rest of the received bytes has to wait for the next turn
    public DialogueNeed proceed(BooleanSupplier isTurnOver) {
        while (next < script.actions().size()) {
            Action action = script.actions().get(next);
            if (action.step() != step) {
                step = action.step();
                search.begin();
            }
            DialogueNeed need =
                    switch (action) {
                        case Action.Expect expect -> after(search.pattern(expect, isTurnOver));
                        case Action.ExpectBytes expect -> after(search.bytes(expect.bytes()));
                        case Action.Pause(_, Delay length) ->
                                new DialogueNeed.Pause(length.drawn());
                        case Action.Send(_, Template template) -> sending(template, "");
                        case Action.SendLine(_, Template template) -> sending(template, "\n");
                        case Action.StartTls _ -> new DialogueNeed.Tls();
                        case Action.End(_, DialogueStep.Close mode) -> new DialogueNeed.Close(mode);
                    };
            if (need instanceof DialogueNeed.Input
                    || need instanceof DialogueNeed.Turn
                    || need instanceof DialogueNeed.Failed) {
                return need;
            }
            next++;
            if (need != null) {
                return need;
            }
            if (isTurnOver.getAsBoolean()) {
                return TURN;
            }
        }
        return new DialogueNeed.Done();
    }

    /// Null when there is nothing to be sent.
    private @Nullable DialogueNeed sending(Template template, String ending) {
        ByteBuffer data = template.fill(search.captures());
        if (!data.hasRemaining()) {
            return null;
        }
        return new DialogueNeed.Send(ending.isEmpty() ? data : joined(data, ending));
    }

    private static ByteBuffer joined(ByteBuffer data, String ending) {
        byte[] last = ending.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(data.remaining() + last.length);
        return whole.put(data).put(last).flip().asReadOnlyBuffer();
    }

    /// Null when the expected text was found.
    private @Nullable DialogueNeed after(SearchResult result) {
        return switch (result) {
            case FOUND -> null;
            case UNFINISHED -> TURN;
            case REJECTED -> new DialogueNeed.Failed(DialogueFault.REJECTED);
            case OTHER -> new DialogueNeed.Failed(DialogueFault.OTHER_BYTES);
            case LACKING -> {
                if (search.hasEnded()) {
                    yield new DialogueNeed.Failed(DialogueFault.ENDED);
                }
                yield incoming.room() == 0 ? new DialogueNeed.Failed(DialogueFault.NO_ROOM) : INPUT;
            }
        };
    }
}
