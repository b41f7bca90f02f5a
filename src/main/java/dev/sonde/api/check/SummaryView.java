package dev.sonde.api.check;

import dev.sonde.check.CheckSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.core.JsonGenerator;

/// A check in numbers, in an answer.
@Schema(
        name = "CheckSummary",
        description =
                "A check in numbers. Once it has ended, the three counts add up to the total.")
record SummaryView(
        @Schema(description = "Targets after expansion", minimum = "0", example = "2") long total,
        @Schema(description = "Results so far that succeeded", minimum = "0", example = "1")
                long succeeded,
        @Schema(description = "Results so far that failed", minimum = "0", example = "1")
                long failed,
        @Schema(
                        description =
                                "Results so far that say nothing about their target. Once a check is"
                                        + " cancelled, also the targets that never started; those have"
                                        + " no result.",
                        minimum = "0",
                        example = "0")
                long notProbed,
        @Schema(
                        description = "Microseconds from the start to the end, or to now",
                        minimum = "0",
                        example = "1312")
                long tookMicros) {

    static SummaryView of(CheckSummary summary) {
        return new SummaryView(
                summary.total(),
                summary.succeeded(),
                summary.failed(),
                summary.notProbed(),
                summary.tookNanos() / 1_000);
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("total", total);
        json.writeNumberProperty("succeeded", succeeded);
        json.writeNumberProperty("failed", failed);
        json.writeNumberProperty("notProbed", notProbed);
        json.writeNumberProperty("tookMicros", tookMicros);
        json.writeEndObject();
        json.writeEndObject();
    }
}
