package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.DurationText;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import dev.sonde.problem.InvalidFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a listener's connections may take, in requests and answers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerLimits", description = "What a listener's connections may take")
record LimitsBody(
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

    static LimitsBody of(Limits limits) {
        return new LimitsBody(
                limits.connections(), text(limits.idle()), text(limits.lifetime()), limits.bytes());
    }

    @Nullable Limits toLimits(InvalidFields invalid) {
        Duration quiet = invalid.read("limits.idle", idle, DurationText::parse);
        Duration life = invalid.read("limits.lifetime", lifetime, DurationText::parse);
        try {
            return new Limits(
                    connections == null ? Limits.USUAL_CONNECTIONS : connections,
                    quiet,
                    life,
                    bytes);
        } catch (InvalidListenerException e) {
            InvalidListeners.note(e, invalid);
            return null;
        }
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : DurationText.format(duration);
    }
}
