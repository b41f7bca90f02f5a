package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Limits of a listener's connections, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerLimits", description = "Limits of a listener's connections")
public record LimitsForm(
        @Schema(
                        description = "Open at once; a further one is reset",
                        minimum = "1",
                        maximum = "1000000",
                        defaultValue = "1000")
                @Nullable Integer connections,
        @Schema(description = "How long nothing may pass in either direction", example = "30s")
                @Nullable String idle,
        @Schema(description = "How long a connection may last", example = "5m")
                @Nullable String lifetime,
        @Schema(description = "Bytes that may pass in either direction", minimum = "1")
                @Nullable Long bytes) {

    public static LimitsForm of(Limits limits) {
        return new LimitsForm(
                limits.connections(), text(limits.idle()), text(limits.lifetime()), limits.bytes());
    }

    public @Nullable Limits toLimits(InvalidFields invalid) {
        Duration quiet = invalid.read("limits.idle", idle, DurationText::parse);
        Duration life = invalid.read("limits.lifetime", lifetime, DurationText::parse);
        try {
            return new Limits(
                    connections == null ? Limits.USUAL_CONNECTIONS : connections,
                    quiet,
                    life,
                    bytes);
        } catch (InvalidListenerException e) {
            ListenerFault.note(e, invalid);
            return null;
        }
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.format(duration);
    }
}
