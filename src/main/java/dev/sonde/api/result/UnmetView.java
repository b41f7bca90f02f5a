package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.expect.Measure;
import dev.sonde.probe.expect.Unmet;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A condition that a run missed, in an answer.
///
/// @param found a number for counts, a text for all else
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Unmet", description = "A condition that a run missed")
public record UnmetView(
        @Schema(description = "Its name in expect", example = "certificateDays") String condition,
        @Schema(description = "As the probe's definition has it", example = ">=14") String expected,
        @Schema(
                        description =
                                "Value of the run: a number for certificateDays and synRetransmits, a"
                                        + " text for all others; absent where it was not measured",
                        example = "13")
                @Nullable Object found) {

    static UnmetView of(Unmet unmet) {
        String found = unmet.found();
        return new UnmetView(
                unmet.condition(),
                unmet.expected(),
                found != null && isNumber(unmet.condition())
                        ? (Object) Long.valueOf(found)
                        : found);
    }

    private static boolean isNumber(String condition) {
        return condition.equals(Measure.CERTIFICATE_DAYS.label())
                || condition.equals(Measure.SYN_RETRANSMITS.label());
    }
}
