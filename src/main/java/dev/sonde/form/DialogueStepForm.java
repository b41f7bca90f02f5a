package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Payload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step of a dialogue, a listener's or a probe's, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "DialogueStep",
        description =
                "Waits for expect or expectBytes, then delays, then sends, then starts TLS, then"
                        + " closes; at least one of them")
public record DialogueStepForm(
        @Schema(
                        description =
                                "RE2 pattern, searched in the bytes since the last match. An answer may come in"
                                        + " pieces, so end the pattern with the end of the answer, such as"
                                        + " \\r\\n",
                        maxLength = 1000,
                        example = "^PING")
                @Nullable String expect,
        @Schema(
                        description =
                                "Exactly what has to come next: text, or {\"base64\": \"...\"}; not"
                                        + " beside expect",
                        oneOf = {String.class, BytesForm.Base64.class})
                @Nullable Object expectBytes,
        @Schema(
                        description =
                                "RE2 pattern that fails the step at once when it is found; beside expect,"
                                        + " over which it wins",
                        maxLength = 1000,
                        example = "^-ERR")
                @Nullable String reject,
        @Schema(
                        description =
                                "Text, or {\"base64\": \"...\"}; no byte is added. In text ${1} is a"
                                        + " group of the last expect, ${name} a named group of any"
                                        + " before",
                        oneOf = {String.class, BytesForm.Base64.class, BytesForm.Hidden.class},
                        example = "+PONG\r\n")
                @Nullable Object send,
        @Schema(description = "A pause before sending", example = "50ms") @Nullable String delay,
        @Schema(
                        description =
                                "The pause is longer or shorter by at most this, drawn each time",
                        example = "10ms")
                @Nullable String jitter,
        @Schema(
                        description = "Starts TLS, at most once; tls beside the dialogue says how",
                        defaultValue = "false")
                @Nullable Boolean startTls,
        @Schema(
                        description =
                                "Ends the connection. Allowed only in the last step of a listener",
                        allowableValues = {"fin", "rst"})
                @Nullable String close) {

    public static DialogueStepForm of(DialogueStep step) {
        Payload send = step.send();
        Payload bytes = step.expectBytes();
        Duration delay = step.delay();
        Duration jitter = step.jitter();
        DialogueStep.Close close = step.close();
        return new DialogueStepForm(
                step.expect(),
                bytes == null ? null : BytesForm.of(bytes),
                step.reject(),
                send == null ? null : BytesForm.of(send),
                delay == null ? null : DurationText.format(delay),
                jitter == null ? null : DurationText.format(jitter),
                step.startTls() ? true : null,
                close == null ? null : close.name().toLowerCase(Locale.ROOT));
    }

    DialogueStepForm withoutSent() {
        Object hidden = BytesForm.hidden(send);
        return new DialogueStepForm(
                expect, expectBytes, reject, hidden, delay, jitter, startTls, close);
    }

    /// The step of this form; what is wrong is noted under `path`, and then there may be none.
    ///
    /// @param number its place in the dialogue, from 1
    @Nullable DialogueStep toStep(int number, String path, InvalidFields invalid) {
        Payload payload = BytesForm.read(path + ".send", send, invalid);
        Payload bytes = BytesForm.read(path + ".expectBytes", expectBytes, invalid);
        Duration pause = invalid.read(path + ".delay", delay, DurationText::parse);
        Duration shift = invalid.read(path + ".jitter", jitter, DurationText::parse);
        DialogueStep.Close mode =
                close == null ? null : invalid.word(path + ".close", close, DialogueStep.Close.FIN);
        boolean isUnread =
                (send != null && payload == null) || (expectBytes != null && bytes == null);
        if (isUnread || (delay != null && pause == null) || (jitter != null && shift == null)) {
            return null;
        }
        try {
            boolean isTls = startTls != null && startTls;
            return new DialogueStep(expect, bytes, reject, pause, shift, payload, isTls, mode);
        } catch (InvalidDialogueException e) {
            invalid.add(
                    e.field().isEmpty() ? path : path + "." + e.field(),
                    value(e.field()),
                    sentence(number, e));
            return null;
        }
    }

    private @Nullable String value(String field) {
        return switch (field) {
            case "expect" -> expect;
            case "reject" -> reject;
            case "delay" -> delay;
            case "jitter" -> jitter;
            default -> null;
        };
    }

    static String sentence(int number, InvalidDialogueException e) {
        return number == 0
                ? String.valueOf(e.getMessage())
                : "step " + number + ": " + e.getMessage();
    }
}
