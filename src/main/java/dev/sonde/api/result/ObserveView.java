package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.ObserveReport;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Facts of a connection while it was observed, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Observed", description = "Facts of the connection while it was observed")
record ObserveView(
        @Schema(
                        description = "Kind of the peer by these facts",
                        allowableValues = {
                            "answering",
                            "silent",
                            "no_answer",
                            "half_established",
                            "unacknowledged",
                            "closed_by_peer",
                            "reset",
                            "unknown"
                        })
                String verdict,
        @Schema(description = "Payload that our kernel took", minimum = "0")
                @Nullable Long sentBytes,
        @Schema(description = "Of it, what the peer's kernel had not acknowledged", minimum = "0")
                @Nullable Long unacknowledgedBytes,
        @Schema(description = "Bytes that the peer sent", minimum = "0")
                @Nullable Long receivedBytes,
        @Schema(description = "When the first byte came, since the start of the step")
                @Nullable Long answeredMicros,
        @Schema(description = "Repetitions of the oldest unacknowledged segment", minimum = "0")
                @Nullable Long retransmits,
        @Schema(description = "Segments that came in meanwhile, of any kind", minimum = "0")
                @Nullable Long segmentsIn,
        @Schema(description = "Reason word of a second connect, which was made for more evidence")
                @Nullable String secondConnect) {

    static ObserveView of(ObserveReport report) {
        return new ObserveView(
                report.verdict().label(),
                report.sentBytes(),
                report.unacknowledgedBytes(),
                report.receivedBytes(),
                report.answeredMicros(),
                report.retransmits(),
                report.segmentsIn(),
                report.secondConnect());
    }
}
