package dev.sonde.form;

import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.RecordingLimits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The recording of ended connections, in requests and answers.
@Schema(
        name = "ListenerRecord",
        description = "Recording of ended connections. The oldest is dropped first")
public record RecordForm(
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

    public static RecordForm of(RecordingLimits record) {
        return new RecordForm(record.connections(), record.bytes());
    }

    public @Nullable RecordingLimits toRecording(InvalidFields invalid) {
        int kept = connections == null ? RecordingLimits.USUAL_CONNECTIONS : connections;
        int usualBytes = kept == 0 ? 0 : RecordingLimits.USUAL_BYTES;
        try {
            return new RecordingLimits(kept, bytes == null ? usualBytes : bytes);
        } catch (InvalidListenerException e) {
            ListenerFault.note(e, invalid);
            return null;
        }
    }
}
