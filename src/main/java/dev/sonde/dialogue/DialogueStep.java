package dev.sonde.dialogue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One step of a dialogue, in this order: expect, pause, send, TLS, end. Each part may be absent,
/// not all.
///
/// @param expect an RE2 pattern, searched in the bytes since the last match. `$` is the end of the
///     bytes so far, not of an answer.
/// @param expectBytes the next bytes, which must be equal
/// @param reject an RE2 pattern that fails the dialogue when it is found before `expect` is; it
///     wins when both match
/// @param delay a pause
/// @param jitter the pause is longer or shorter by at most this, drawn each time; beside a delay
/// @param send the bytes to send, with nothing added. In text, `${1}` is replaced by a group of the
///     last `expect` and `${name}` by a named group of any earlier one. Base64 is sent unchanged.
/// @param startTls whether a TLS handshake follows
/// @param close the end of the connection; only in a listener's last step
public record DialogueStep(
        @Nullable String expect,
        @Nullable Payload expectBytes,
        @Nullable String reject,
        @Nullable Duration delay,
        @Nullable Duration jitter,
        @Nullable Payload send,
        boolean startTls,
        @Nullable Close close) {

    /// How a connection is ended.
    public enum Close {
        FIN,
        RST
    }

    static final Duration LONGEST_DELAY = Duration.ofDays(30);

    public DialogueStep {
        if (isEmpty(expect, expectBytes, reject, delay, send, close) && !startTls) {
            throw new InvalidDialogueException(
                    "", "one of expect, expectBytes, delay, send, startTls, close");
        }
        if (expect != null && expectBytes != null) {
            throw new InvalidDialogueException(
                    "expectBytes", "a step has either expect or expectBytes");
        }
        if (reject != null && expect == null) {
            throw new InvalidDialogueException(
                    "reject", "stands beside an expect: by itself it would never end");
        }
        if (startTls && close != null) {
            throw new InvalidDialogueException("close", "a step has either startTls or close");
        }
        if (delay != null && (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0)) {
            throw new InvalidDialogueException("delay", "a duration from 0s to 30d");
        }
        if (jitter != null && delay == null) {
            throw new InvalidDialogueException("jitter", "stands beside a delay");
        }
        if (jitter != null && (jitter.isNegative() || jitter.compareTo(LONGEST_DELAY) > 0)) {
            throw new InvalidDialogueException("jitter", "a duration from 0s to 30d");
        }
        Patterns.check("expect", expect);
        Patterns.check("reject", reject);
    }

    /// A step without jitter.
    public DialogueStep(
            @Nullable String expect,
            @Nullable Payload expectBytes,
            @Nullable String reject,
            @Nullable Duration delay,
            @Nullable Payload send,
            boolean startTls,
            @Nullable Close close) {
        this(expect, expectBytes, reject, delay, null, send, startTls, close);
    }

    private static boolean isEmpty(@Nullable Object... parts) {
        for (Object part : parts) {
            if (part != null) {
                return false;
            }
        }
        return true;
    }

    /// How many its texts have.
    public int characters() {
        return length(expect)
                + length(reject)
                + (expectBytes == null ? 0 : expectBytes.text().length())
                + (send == null ? 0 : send.text().length());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    public static DialogueStep expect(String pattern) {
        return new DialogueStep(pattern, null, null, null, null, false, null);
    }

    public static DialogueStep expectBytes(Payload bytes) {
        return new DialogueStep(null, bytes, null, null, null, false, null);
    }

    public static DialogueStep send(String text) {
        return new DialogueStep(null, null, null, null, Payload.text(text), false, null);
    }

    public static DialogueStep delay(Duration delay) {
        return new DialogueStep(null, null, null, delay, null, false, null);
    }

    public static DialogueStep tls() {
        return new DialogueStep(null, null, null, null, null, true, null);
    }

    public static DialogueStep close(Close mode) {
        return new DialogueStep(null, null, null, null, null, false, mode);
    }

    /// This step, with a pattern that fails it.
    public DialogueStep rejecting(String pattern) {
        return new DialogueStep(expect, expectBytes, pattern, delay, jitter, send, startTls, close);
    }
}
