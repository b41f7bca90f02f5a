package dev.sonde.dialogue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a script over the bytes of one connection. It says what it needs; whoever has the
/// connection does it and comes back. Not thread-safe.
///
/// ```
/// proceed --> Input --take, end--> proceed
///    |'-----> Send, Pause, Tls --done--> proceed
///    '------> Done | Close | Failed
/// ```
public final class Exchange {

    /// What has to happen before [#proceed] is called again.
    public sealed interface Need {

        /// More bytes have to come, or the peer's end.
        record Input() implements Need {}

        /// Bytes have to be sent.
        ///
        /// @param data read-only, and its position nobody else's
        record Send(ByteBuffer data) implements Need {}

        record Pause(Duration length) implements Need {}

        /// A TLS handshake, with [#rest] as the first bytes that the peer sent.
        record Tls() implements Need {}

        /// Nothing any more: the connection is to be ended.
        record Close(DialogueStep.Close mode) implements Need {}

        /// Nothing any more: all steps are done.
        record Done() implements Need {}

        /// Nothing any more: the peer did not do what was expected.
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

    /// Up to here every byte is worth a look.
    private static final int SMALL_BYTES = 8_192;

    private static final Need INPUT = new Need.Input();

    private final Script script;
    private final Incoming incoming;
    private final Captures captures = new Captures();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private int next;
    private int step = 1;
    private int matchedBytes;
    private boolean hasEnded;
    private byte[] last = {};

    /// How much there was when a pattern was looked for in vain.
    private int tried;

    private boolean isUntried;
    private boolean isAnswered;

    /// @param mostBytes how many bytes may wait for a match
    public Exchange(Script script, int mostBytes) {
        this.script = script;
        this.incoming = new Incoming(mostBytes);
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
        hasEnded = true;
    }

    /// The step that runs, or ran last, from 1.
    public int step() {
        return step;
    }

    /// Whether something came for the step that runs.
    public boolean isAnswered() {
        return isAnswered || incoming.length() > 0;
    }

    /// Whether the step that runs wants certain bytes, not a pattern.
    public boolean expectsBytes() {
        return next < script.actions().size()
                && script.actions().get(next) instanceof Action.ExpectBytes;
    }

    /// Whether a pattern may be in what came last: where there is much, it is not looked through
    /// again for every byte more, but when [#lookAgain] says so.
    public boolean isUntried() {
        return isUntried;
    }

    /// Has the next [#proceed] look through all there is.
    public void lookAgain() {
        tried = 0;
    }

    /// What was noted so far, by name.
    public Map<String, String> labels() {
        return Collections.unmodifiableMap(labels);
    }

    /// What the step looks at, or looked at last: a line where it reads lines.
    public byte[] seen() {
        boolean isLine = last.length > 0 && incoming.room() > 0;
        return isLine || incoming.length() == 0 ? last.clone() : incoming.all();
    }

    /// Takes what has come and no step has used.
    public ByteBuffer rest() {
        ByteBuffer rest = ByteBuffer.wrap(incoming.all());
        incoming.drop(incoming.length());
        return rest;
    }

    /// Goes on as far as it can. To be called at first, and when the last need was met.
    public Need proceed() {
        isUntried = false;
        while (next < script.actions().size()) {
            Action action = script.actions().get(next);
            if (action.step() != step) {
                step = action.step();
                last = new byte[0];
                isAnswered = false;
            }
            Need need =
                    switch (action) {
                        case Action.Expect expect -> expect(expect);
                        case Action.ExpectBytes expect -> expectBytes(expect.bytes());
                        case Action.Pause(_, Duration length) -> new Need.Pause(length);
                        case Action.Send(_, Template template) ->
                                new Need.Send(template.fill(captures));
                        case Action.StartTls _ -> new Need.Tls();
                        case Action.End(_, DialogueStep.Close mode) -> new Need.Close(mode);
                    };
            if (need instanceof Need.Input || need instanceof Need.Failed) {
                return need;
            }
            next++;
            if (need != null) {
                return need;
            }
        }
        return new Need.Done();
    }

    private @Nullable Need expect(Action.Expect expect) {
        return switch (expect.reading()) {
            case STREAM -> expectInStream(expect);
            case LINES -> expectLine(expect);
        };
    }

    /// Null when it was found.
    private @Nullable Need expectInStream(Action.Expect expect) {
        isUntried = isHardlyMore();
        if (isUntried) {
            return INPUT;
        }
        Utf8Text text = Utf8Text.of(incoming.all());
        if (isRejected(expect.reject(), text)) {
            return new Need.Failed(Fault.REJECTED);
        }
        Matcher matcher = expect.pattern().matcher(text.text());
        if (matcher.find()) {
            found(expect, matcher, text);
            incoming.drop(text.offset(matcher.end()));
            tried = 0;
            return null;
        }
        tried = incoming.length();
        return lacking();
    }

    /// Whether too little came since the last look for a further one: one byte at a time, a peer
    /// could make us look through a full buffer thousands of times.
    private boolean isHardlyMore() {
        int length = incoming.length();
        return tried > SMALL_BYTES
                && length - tried < length / 16
                && !hasEnded
                && incoming.room() > 0;
    }

    private @Nullable Need expectLine(Action.Expect expect) {
        while (true) {
            int end = incoming.lineEnd();
            boolean isLast = end < 0 && hasEnded && incoming.length() > 0;
            if (end < 0 && !isLast) {
                return lacking();
            }
            isAnswered = true;
            last = line(isLast ? incoming.length() : end);
            incoming.drop(isLast ? incoming.length() : end + 1);
            Utf8Text text = Utf8Text.of(last);
            if (isRejected(expect.reject(), text)) {
                return new Need.Failed(Fault.REJECTED);
            }
            Matcher matcher = expect.pattern().matcher(text.text());
            if (matcher.find()) {
                found(expect, matcher, text);
                return null;
            }
        }
    }

    /// A line without its end, of which a CR may be a part.
    private byte[] line(int length) {
        boolean hasCr = length > 0 && incoming.at(length - 1) == '\r';
        return incoming.head(hasCr ? length - 1 : length);
    }

    private Need lacking() {
        if (hasEnded) {
            return new Need.Failed(Fault.ENDED);
        }
        return incoming.room() == 0 ? new Need.Failed(Fault.NO_ROOM) : INPUT;
    }

    private void found(Action.Expect expect, Matcher matcher, Utf8Text text) {
        captures.take(matcher, text);
        for (Action.Label label : expect.labels()) {
            labels.put(label.name(), Utf8Text.decode(label.value().fill(captures)));
        }
    }

    private static boolean isRejected(@Nullable Pattern reject, Utf8Text text) {
        return reject != null && reject.matcher(text.text()).find();
    }

    /// Null when all have come. They may be more than there is room for, so that they are used up
    /// as they come.
    private @Nullable Need expectBytes(ByteBuffer wanted) {
        int count = Math.min(incoming.length(), wanted.remaining() - matchedBytes);
        for (int i = 0; i < count; i++) {
            if (incoming.at(i) != wanted.get(wanted.position() + matchedBytes + i)) {
                return new Need.Failed(Fault.OTHER_BYTES);
            }
        }
        incoming.drop(count);
        matchedBytes += count;
        isAnswered |= count > 0;
        if (matchedBytes < wanted.remaining()) {
            return lacking();
        }
        matchedBytes = 0;
        return null;
    }
}
