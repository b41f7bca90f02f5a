package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.HoldReport.Mechanism;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The fate of a connection that was held, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Held", description = "Fate of the connection that was held")
record HoldView(
        @Schema(
                        description =
                                "prober: the time ended; peer: FIN or RST; kernel: the own kernel gave the"
                                        + " peer up",
                        allowableValues = {"prober", "peer", "kernel"})
                String endedBy,
        @Schema(
                        description = "How, where it was not the prober",
                        allowableValues = {
                            "fin",
                            "rst",
                            "keepalive",
                            "retransmission",
                            "user_timeout",
                            "icmp"
                        })
                @Nullable String mechanism,
        @Schema(description = "How long it was held", minimum = "0") long heldMicros,
        @Schema(description = "Bytes that the own kernel took", minimum = "0")
                @Nullable Long sentBytes,
        @Schema(description = "Bytes that the peer sent", minimum = "0") long receivedBytes,
        @Schema(description = "Not acknowledged at the end", minimum = "0")
                @Nullable Long unacknowledgedBytes,
        @Schema(description = "The smoothed round trip at the end", minimum = "0")
                @Nullable Long rttMicros,
        @Schema(description = "Segments repeated meanwhile", minimum = "0")
                @Nullable Long retransmits,
        @Schema(
                        description =
                                "Keepalive probes sent meanwhile; absent where the peer sent something",
                        minimum = "0")
                @Nullable Long keepaliveProbes,
        @Schema(description = "Probes still unanswered at the end", minimum = "0")
                @Nullable Long unansweredProbes) {

    static HoldView of(HoldReport report) {
        Mechanism mechanism = report.mechanism();
        return new HoldView(
                report.endedBy().label(),
                mechanism == null ? null : mechanism.label(),
                report.heldMicros(),
                report.sentBytes(),
                report.receivedBytes(),
                report.unacknowledgedBytes(),
                report.rttMicros(),
                report.retransmits(),
                report.keepaliveProbes(),
                report.unansweredProbes());
    }
}
