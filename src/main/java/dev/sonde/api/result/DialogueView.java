package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.DialogueReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The outcome of a dialogue in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DialogueFacts", description = "Outcome of the dialogue")
record DialogueView(
        @Schema(
                        description =
                                "The step at which it came to a stop, from 1; absent where all were done",
                        minimum = "1",
                        example = "2")
                @Nullable Integer step,
        @Schema(description = "How many steps it has", minimum = "1", example = "3") int steps,
        @Schema(
                        description =
                                "Text of the named groups of expect, each cut after 1024 characters",
                        example = "{\"version\": \"8.4\"}")
                @Nullable Map<String, String> labels,
        @Schema(description = "Bytes that our kernel took", minimum = "0") long sentBytes,
        @Schema(description = "Bytes that were read", minimum = "0") long receivedBytes) {

    static DialogueView of(DialogueReport report) {
        return new DialogueView(
                report.step(),
                report.steps(),
                report.labels().isEmpty() ? null : new TreeMap<>(report.labels()),
                report.sentBytes(),
                report.receivedBytes());
    }
}
