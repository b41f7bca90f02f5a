package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.StepSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and how a connection is flooded, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Flood",
        description =
                "Writes zeros until all are acknowledged or nothing moves any more, and reports why."
                        + " The policy has to allow it for the target (sonde.policy.floods.allow).")
public record FloodForm(
        @Schema(
                        description = "How many bytes",
                        minimum = "1",
                        maximum = "1073741824",
                        defaultValue = "8388608",
                        example = "8388608")
                @Nullable Long bytes,
        @Schema(
                        description = "How long nothing may move, 10ms to 1m",
                        defaultValue = "3s",
                        example = "3s")
                @Nullable String stallTimeout,
        @Schema(
                        description = "How long the whole may take, 10ms to 10m",
                        defaultValue = "10s",
                        example = "10s")
                @JsonProperty("for")
                @Nullable String limit)
        implements StepForm {

    static @Nullable FloodForm of(List<StepSettings> steps) {
        for (StepSettings step : steps) {
            if (step instanceof FloodSettings(long bytes, Duration stall, Duration limit)) {
                return new FloodForm(bytes, DurationText.format(stall), DurationText.format(limit));
            }
        }
        return null;
    }

    @Override
    public @Nullable StepSettings toSettings(String path, InvalidFields invalid) {
        Duration stall =
                invalid.read(
                        path + ".stallTimeout",
                        stallTimeout,
                        text -> FloodSettings.requireStallTimeout(DurationText.parse(text)));
        Duration whole =
                invalid.read(
                        path + ".for",
                        limit,
                        text -> FloodSettings.requireLimit(DurationText.parse(text)));
        long wanted = bytes == null ? FloodSettings.DEFAULT_BYTES : bytes;
        if (wanted < 1 || wanted > FloodSettings.MOST_BYTES) {
            invalid.add(path + ".bytes", bytes, "a number from 1 to " + FloodSettings.MOST_BYTES);
            return null;
        }
        return new FloodSettings(
                wanted,
                stall == null ? FloodSettings.DEFAULT_STALL_TIMEOUT : stall,
                whole == null ? FloodSettings.DEFAULT_LIMIT : whole);
    }
}
