package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sonde.probe.path.PathSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Whether and how the path to a target is asked for, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "PathSettings",
        description =
                "Follows the path to the target with SYNs of growing TTL after each run; {} takes the"
                        + " defaults")
public record PathForm(
        @Schema(
                        description = "The greatest TTL",
                        minimum = "1",
                        maximum = "64",
                        defaultValue = "30",
                        example = "20")
                @Nullable Integer maxHops,
        @Schema(
                        description = "Of the whole path, from 100ms to 1m",
                        defaultValue = "3s",
                        example = "2s")
                @Nullable String timeout) {

    @JsonCreator
    public PathForm(
            @JsonProperty("maxHops") @Nullable Integer maxHops,
            @JsonProperty("timeout") @Nullable String timeout) {
        this.maxHops = maxHops;
        this.timeout = timeout;
    }

    /// Reads `true` as the defaults and `false` as no path.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable PathForm of(boolean isWanted) {
        return isWanted ? new PathForm(null, null) : null;
    }

    static @Nullable PathForm of(@Nullable PathSettings path) {
        if (path == null) {
            return null;
        }
        PathSettings usual = PathSettings.DEFAULT;
        return new PathForm(
                path.maxHops() == usual.maxHops() ? null : (Integer) path.maxHops(),
                path.timeout().equals(usual.timeout())
                        ? null
                        : DurationText.format(path.timeout()));
    }

    PathSettings toSettings(String path, InvalidFields invalid) {
        PathSettings read = PathSettings.DEFAULT;
        int most =
                invalid.number(path + ".maxHops", maxHops, PathSettings.MOST_HOPS, read.maxHops());
        PathSettings limited =
                invalid.read(
                        path + ".timeout",
                        timeout,
                        text -> PathSettings.DEFAULT.withTimeout(DurationText.parse(text)));
        return (limited == null ? read : limited)
                .withMaxHops(Math.clamp(most, 1, PathSettings.MOST_HOPS));
    }
}
