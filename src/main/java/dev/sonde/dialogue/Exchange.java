package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    /// The need to fulfil before the next [#proceed].
    public sealed interface Need {

        /// More bytes have to come, or the peer's end.
        record Input() implements Need {}

        /// More bytes are to be searched, in the next turn.
        record Turn() implements Need {}

        /// Bytes have to be sent.
        ///
        /// @param data read-only, and its position nobody else's
        record Send(ByteBuffer data) implements Need {}

        record Pause(Duration length) implements Need {}

        /// A TLS handshake, with [#rest] as the first bytes that the peer sent.
        record Tls() implements Need {}

        /// The end: the connection is to be closed.
        record Close(DialogueStep.Close mode) implements Need {}

        /// The end: all steps are done.
        record Done() implements Need {}

        /// The end: the peer sent something unexpected.
        record Failed(Fault fault) implements Need {}
    }

    /// Why a step failed.
    public enum Fault {
        /// The pattern came that must not come.
        REJECTED,
        /// Other bytes came than exactly those that were expected.
        OTHER_BYTES,
        /// The buffer is full, and the pattern is not in it.
        NO_ROOM,
        /// The peer ended, and what was expected had not come.
        ENDED
    }

    private static final Need INPUT = new Need.Input();
    private static final Need TURN = new Need.Turn();

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
    public Need proceed() {
        return proceed(() -> false);
    }

    /// Continues as far as possible. To be called first, and when the last need was fulfilled.
    ///
    /// @param isTurnOver whether the rest of the received bytes has to wait for the next turn
    public Need proceed(BooleanSupplier isTurnOver) {
        while (next < script.actions().size()) {
            Action action = script.actions().get(next);
            if (action.step() != step) {
                step = action.step();
                search.begin();
            }
            Need need =
                    switch (action) {
                        case Action.Expect expect -> after(search.pattern(expect, isTurnOver));
                        case Action.ExpectBytes expect -> after(search.bytes(expect.bytes()));
                        case Action.Pause(_, Delay length) -> new Need.Pause(length.drawn());
                        case Action.Send(_, Template template) -> sending(template, "");
                        case Action.SendLine(_, Template template) -> sending(template, "\n");
                        case Action.StartTls _ -> new Need.Tls();
                        case Action.End(_, DialogueStep.Close mode) -> new Need.Close(mode);
                    };
            if (need instanceof Need.Input
                    || need instanceof Need.Turn
                    || need instanceof Need.Failed) {
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
        return new Need.Done();
    }

    /// Null when there is nothing to be sent.
    private @Nullable Need sending(Template template, String ending) {
        ByteBuffer data = template.fill(search.captures());
        if (!data.hasRemaining()) {
            return null;
        }
        return new Need.Send(ending.isEmpty() ? data : joined(data, ending));
    }

    private static ByteBuffer joined(ByteBuffer data, String ending) {
        byte[] last = ending.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer whole = ByteBuffer.allocate(data.remaining() + last.length);
        return whole.put(data).put(last).flip().asReadOnlyBuffer();
    }

    /// Null when the expected text was found.
    private @Nullable Need after(Search.Result result) {
        return switch (result) {
            case FOUND -> null;
            case UNFINISHED -> TURN;
            case REJECTED -> new Need.Failed(Fault.REJECTED);
            case OTHER -> new Need.Failed(Fault.OTHER_BYTES);
            case LACKING -> {
                if (search.hasEnded()) {
                    yield new Need.Failed(Fault.ENDED);
                }
                yield incoming.room() == 0 ? new Need.Failed(Fault.NO_ROOM) : INPUT;
            }
        };
    }
}
