package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.FloodReport.Stall;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How much went through a connection, and what stopped it, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Flooded", description = "How much went through, and what stopped it")
record FloodView(
        @Schema(description = "Bytes that the own kernel took", minimum = "0") long bytesTaken,
        @Schema(description = "Of it, not acknowledged (SIOCOUTQ)", minimum = "0")
                @Nullable Long unacknowledgedBytes,
        @Schema(description = "Of that, not sent once (SIOCOUTQNSD)", minimum = "0")
                @Nullable Long unsentBytes,
        @Schema(
                        description = "Why nothing moved any more; absent where something did",
                        allowableValues = {
                            "zero_window",
                            "zero_window_peer_gone",
                            "loss",
                            "send_buffer",
                            "unknown"
                        })
                @Nullable String stall,
        @Schema(description = "How long nothing had moved", minimum = "0")
                @Nullable Long stalledMicros,
        @Schema(
                        description =
                                "Bytes that the peer was ready to take at the end (its window)",
                        minimum = "0")
                @Nullable Long windowBytes,
        @Schema(description = "Repetitions of the oldest unacknowledged segment", minimum = "0")
                @Nullable Long retransmits,
        @Schema(description = "Unanswered probes of the zero window", minimum = "0")
                @Nullable Long unansweredProbes,
        @Schema(description = "How long the peer's window limited the flow", minimum = "0")
                @Nullable Long windowLimitedMicros,
        @Schema(description = "How long our send buffer limited the flow", minimum = "0")
                @Nullable Long bufferLimitedMicros) {

    static FloodView of(FloodReport report) {
        Stall stall = report.stall();
        return new FloodView(
                report.bytesTaken(),
                report.unacknowledgedBytes(),
                report.unsentBytes(),
                stall == null ? null : stall.label(),
                report.stalledMicros(),
                report.windowBytes(),
                report.retransmits(),
                report.unansweredProbes(),
                report.windowLimitedMicros(),
                report.bufferLimitedMicros());
    }
}
