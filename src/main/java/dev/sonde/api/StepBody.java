package dev.sonde.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.InvalidListenerException;
import dev.sonde.listen.Step;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.Payload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step of a listener's dialogue, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ListenerStep",
        description =
                "Waits for expect, then delays, then sends, then closes; at least one of them")
record StepBody(
        @Schema(
                        description =
                                "RE2 pattern that has to be found in what came in since the last match",
                        example = "^PING")
                @Nullable String expect,
        @Schema(
                        description = "Text, or {\"base64\": \"...\"}",
                        type = "string",
                        example = "+PONG\r\n")
                @Nullable Object send,
        @Schema(description = "A pause before sending", example = "50ms") @Nullable String delay,
        @Schema(
                        description = "Ends the connection; in the last step alone",
                        allowableValues = {"fin", "rst"})
                @Nullable String close) {

    static StepBody of(Step step) {
        Payload send = step.send();
        Duration delay = step.delay();
        CloseMode close = step.close();
        return new StepBody(
                step.expect(),
                send == null ? null : BytesBody.of(send),
                delay == null ? null : DurationText.format(delay),
                close == null ? null : close.name().toLowerCase(Locale.ROOT));
    }

    @Nullable Step toStep(String path, InvalidFields invalid) {
        Payload payload = BytesBody.read(path + ".send", send, invalid);
        Duration pause = invalid.read(path + ".delay", delay, DurationText::parse);
        CloseMode mode = close == null ? null : invalid.word(path + ".close", close, CloseMode.FIN);
        if (send != null && payload == null) {
            return null;
        }
        try {
            return new Step(expect, pause, payload, mode);
        } catch (InvalidListenerException e) {
            invalid.add(
                    e.field().isEmpty() ? path : path + "." + e.field(),
                    "expect".equals(e.field()) ? expect : null,
                    String.valueOf(e.getMessage()));
            return null;
        }
    }
}
