package dev.sonde.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step of a probe's dialogue as it is kept; its end is the settings' matter.
@JsonInclude(JsonInclude.Include.NON_NULL)
record DialogueRow(
        @Nullable String expect,
        @Nullable Payload expectBytes,
        @Nullable String reject,
        @Nullable Long delayNanos,
        @Nullable Payload send,
        @Nullable Boolean startTls) {

    static List<DialogueRow> of(List<DialogueStep> steps) {
        return steps.stream().map(DialogueRow::of).toList();
    }

    private static DialogueRow of(DialogueStep step) {
        Duration delay = step.delay();
        return new DialogueRow(
                step.expect(),
                step.expectBytes(),
                step.reject(),
                delay == null ? null : delay.toNanos(),
                step.send(),
                step.startTls() ? true : null);
    }

    DialogueStep toStep() {
        return new DialogueStep(
                expect,
                expectBytes,
                reject,
                delayNanos == null ? null : Duration.ofNanos(delayNanos),
                send,
                startTls != null && startTls,
                null);
    }
}
