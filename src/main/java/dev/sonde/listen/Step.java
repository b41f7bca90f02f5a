package dev.sonde.listen;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One step of a dialogue: what is waited for, then a pause, then what is sent, then the end. Each
/// part may be absent, not all.
///
/// @param expect an RE2 pattern that has to be found in what came in since the last match
/// @param delay a pause
/// @param send what is sent
/// @param close how the connection is ended
public record Step(
        @Nullable String expect,
        @Nullable Duration delay,
        @Nullable Payload send,
        @Nullable CloseMode close) {

    static final int LONGEST_PATTERN = 1_000;

    /// Instructions; a repetition of repetitions can stand for very many.
    private static final int LARGEST_PROGRAM = 10_000;

    public Step {
        if (expect == null && delay == null && send == null && close == null) {
            throw new InvalidListenerException("", "one of expect, delay, send, close");
        }
        if (expect != null) {
            compile(expect);
        }
        if (delay != null) {
            Bounds.wait("delay", delay);
        }
    }

    public static Step expect(String pattern) {
        return new Step(pattern, null, null, null);
    }

    public static Step send(String text) {
        return new Step(null, null, Payload.text(text), null);
    }

    public static Step delay(Duration delay) {
        return new Step(null, delay, null, null);
    }

    public static Step close(CloseMode mode) {
        return new Step(null, null, null, mode);
    }

    static Pattern compile(String expect) {
        if (expect.isEmpty() || expect.length() > LONGEST_PATTERN) {
            throw new InvalidListenerException(
                    "expect", "a pattern of 1 to " + LONGEST_PATTERN + " characters");
        }
        try {
            Pattern pattern = Pattern.compile(expect);
            if (pattern.programSize() <= LARGEST_PROGRAM) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            throw new InvalidListenerException(
                    "expect", "not an RE2 pattern: " + e.getDescription());
        }
        throw new InvalidListenerException("expect", "the pattern repeats too much");
    }
}
