package dev.sonde.api.listener;

import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.RecordingLimits;
import dev.sonde.problem.InvalidFields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What is kept of ended connections, in requests and answers.
@Schema(
        name = "ListenerRecord",
        description = "What is kept of ended connections, oldest first out")
record RecordBody(
        @Schema(
                        description = "How many connections",
                        minimum = "0",
                        maximum = "10000",
                        defaultValue = "100")
                @Nullable Integer connections,
        @Schema(
                        description = "How much of what each sent",
                        minimum = "0",
                        maximum = "1048576",
                        defaultValue = "4096")
                @Nullable Integer bytes) {

    static RecordBody of(RecordingLimits record) {
        return new RecordBody(record.connections(), record.bytes());
    }

    @Nullable RecordingLimits toRecording(InvalidFields invalid) {
        int kept = connections == null ? RecordingLimits.USUAL_CONNECTIONS : connections;
        int usualBytes = kept == 0 ? 0 : RecordingLimits.USUAL_BYTES;
        try {
            return new RecordingLimits(kept, bytes == null ? usualBytes : bytes);
        } catch (InvalidListenerException e) {
            InvalidListeners.note(e, invalid);
            return null;
        }
    }
}
