package dev.sonde.blackbox.modules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.Action.Reading;
import dev.sonde.dialogue.Template;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `query_response`, with the fields of blackbox_exporter and the additions that its
/// users ask for.
///
/// @param expect looked for in one line after the other; the lines before the one that fits are
///     dropped
/// @param expectBytes a string, or bytes from `!!binary`
/// @param send a string, or bytes from `!!binary`, with `${1}` for a group of `expect`. A newline
///     is added unless the text is empty.
/// @param skipNewlineOnSend our addition: nothing is added to what is sent
/// @param sendBytes our addition: bytes as Base64, sent as they are
/// @param reject our addition: a pattern that fails the probe at once
/// @param acrossLines our addition: the patterns are matched against all bytes since the last
///     match, across lines
record StepSection(
        @Nullable String expect,
        @Nullable Object expectBytes,
        @Nullable List<@Nullable Label> labels,
        @Nullable Object send,
        @Nullable String starttls,
        @Nullable String skipNewlineOnSend,
        @Nullable String sendBytes,
        @Nullable String reject,
        @Nullable String acrossLines) {

    /// An entry without effect.
    static final StepSection EMPTY =
            new StepSection(null, null, null, null, null, null, null, null, null);

    /// A label of `probe_expect_info`.
    record Label(@Nullable String name, @Nullable String value) {}

    /// The steps of the dialogue for this entry.
    ///
    /// @param number of the entry, from 1
    /// @throws IllegalArgumentException with a sentence that names the field
    List<Action> actions(int number) {
        List<Action> actions = new ArrayList<>();
        Pattern pattern = pattern("expect", expect, number);
        byte[] wanted = bytes("expect_bytes", expectBytes, number);
        if (pattern != null && wanted.length > 0) {
            throw wrong("expect_bytes", "not beside expect", number);
        }
        if (pattern != null) {
            actions.add(expecting(pattern, number));
        } else if (reject != null) {
            throw wrong("reject", "stands beside an expect", number);
        }
        if (wanted.length > 0) {
            actions.add(new Action.ExpectBytes(number, ByteBuffer.wrap(wanted).asReadOnlyBuffer()));
        }
        Template sent = sent(pattern, number);
        boolean isBare = isBare(number) || sendBytes != null;
        if (!sent.parts().isEmpty()) {
            actions.add(isBare ? new Action.Send(number, sent) : new Action.SendLine(number, sent));
        }
        if (startsTls()) {
            actions.add(new Action.StartTls(number));
        }
        return actions;
    }

    boolean startsTls() {
        return TcpSection.flag("tcp.query_response.starttls", starttls, false);
    }

    private Action expecting(Pattern pattern, int number) {
        List<Action.Label> noted = new ArrayList<>();
        List<@Nullable Label> given = labels == null ? List.of() : labels;
        for (Label label : given) {
            if (label == null
                    || label.name() == null
                    || !label.name().matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                throw wrong("labels", "a label has a name as Prometheus has them", number);
            }
            String value = label.value() == null ? "" : label.value();
            noted.add(new Action.Label(label.name(), GoTemplate.parse(value, pattern)));
        }
        boolean isStream = TcpSection.flag(field("across_lines", number), acrossLines, false);
        return new Action.Expect(
                number,
                pattern,
                pattern("reject", reject, number),
                isStream ? Reading.STREAM : Reading.LINES,
                noted);
    }

    private boolean isBare(int number) {
        return TcpSection.flag(field("skip_newline_on_send", number), skipNewlineOnSend, false);
    }

    /// Without parts where nothing is sent.
    private Template sent(@Nullable Pattern pattern, int number) {
        byte[] text = bytes("send", send, number);
        if (sendBytes != null && text.length > 0) {
            throw wrong("send_bytes", "not beside send", number);
        }
        if (sendBytes != null) {
            return GoTemplate.literal(decoded(sendBytes, number));
        }
        return pattern == null ? GoTemplate.literal(text) : GoTemplate.parse(text, pattern);
    }

    private static byte[] decoded(String base64, int number) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field("send_bytes", number) + ": not base64", e);
        }
    }

    private static byte[] bytes(String field, @Nullable Object given, int number) {
        return switch (given) {
            case null -> new byte[0];
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case byte[] bytes -> bytes;
            default -> throw wrong(field, "a string is expected", number);
        };
    }

    private static @Nullable Pattern pattern(String field, @Nullable String text, int number) {
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    field(field, number) + ": not an RE2 pattern: " + e.getDescription(), e);
        }
    }

    private static IllegalArgumentException wrong(String field, String message, int number) {
        return new IllegalArgumentException(field(field, number) + ": " + message);
    }

    private static String field(String name, int number) {
        return "tcp.query_response[" + (number - 1) + "]." + name;
    }
}
