package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sonde.dialogue.Payload;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.StepSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and how a connection is observed, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Observe",
        description =
                "Watches the connection to find whether the target's program answers, or only its kernel")
public record ObserveForm(
        @Schema(
                        description = "How long at most, from 10ms to 10m; an answer ends it",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "3s")
                @JsonProperty("for")
                @Nullable String watch,
        @Schema(
                        description = "How long nothing is sent at first; less than the whole",
                        defaultValue = "0s",
                        example = "1s")
                @Nullable String after,
        @Schema(
                        description =
                                "Sent then: text, or {\"base64\": \"...\"}. Without it the target may"
                                        + " stay silent.",
                        oneOf = {String.class, BytesForm.Base64.class, BytesForm.Hidden.class},
                        example = "PING\r\n")
                @Nullable Object send)
        implements StepForm {

    static @Nullable ObserveForm of(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof ObserveSettings(Duration watch, Duration after, Payload send)) {
                return new ObserveForm(
                        DurationText.format(watch),
                        after.isZero() ? null : DurationText.format(after),
                        send == null ? null : BytesForm.of(send));
            }
        }
        return null;
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        Payload payload = BytesForm.read(path + ".send", send, invalid);
        if (watch == null) {
            invalid.add(path + ".for", null, "is required");
        }
        ObserveSettings whole =
                invalid.read(path + ".for", watch, text -> observing(text, "0s", payload));
        return whole == null || after == null
                ? whole
                : invalid.read(
                        path + ".after",
                        after,
                        text -> observing(String.valueOf(watch), text, payload));
    }

    private static ObserveSettings observing(
            String watch, String after, @Nullable Payload payload) {
        return new ObserveSettings(DurationText.parse(watch), DurationText.parse(after), payload);
    }

    /// The same with what is sent hidden.
    ObserveForm withoutSent() {
        return new ObserveForm(watch, after, BytesForm.hidden(send));
    }
}
