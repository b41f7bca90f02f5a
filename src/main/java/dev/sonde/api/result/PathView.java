package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.path.PathReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path to a target in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Path", description = "The path to the target, by SYNs of growing TTL")
record PathView(
        @Schema(description = "In the order of their TTL; a silent hop has its TTL only")
                List<HopView> hops,
        @Schema(description = "Whether a SYN-ACK or a RST came in the target's name")
                boolean reached,
        @Schema(description = "The greatest TTL that was answered", example = "2")
                @Nullable Integer lastHop,
        @Schema(
                        description = "One sentence for a person",
                        example =
                                "the last answer comes from 10.1.1.1, 2 hops away: SYNs with a"
                                        + " greater TTL vanish behind it")
                String detail) {

    /// A hop in an answer.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Hop", description = "The answer to the SYN of one TTL")
    record HopView(
            @Schema(description = "Time to live of the SYN", minimum = "1", example = "1") int ttl,
            @Schema(description = "The address that answered", example = "10.1.1.1")
                    @Nullable String address,
            @Schema(description = "From the SYN to its answer, microseconds", example = "210")
                    @Nullable Long rttMicros,
            @Nullable MessageView icmp) {}

    /// An ICMP message of a hop in an answer.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HopIcmp", description = "The ICMP message that answered a SYN")
    record MessageView(
            @Schema(description = "The message's type", example = "11") int type,
            @Schema(description = "The message's code", example = "0") int code,
            @Schema(description = "The address that sent it", example = "10.1.1.1")
                    @Nullable String sender) {}

    static @Nullable PathView of(@Nullable PathReport path) {
        return path == null
                ? null
                : new PathView(
                        path.hops().stream().map(PathView::of).toList(),
                        path.reached(),
                        path.lastHop(),
                        path.detail());
    }

    private static HopView of(PathReport.Hop hop) {
        PathReport.Message icmp = hop.icmp();
        return new HopView(
                hop.ttl(),
                hop.address(),
                hop.rttMicros(),
                icmp == null ? null : new MessageView(icmp.type(), icmp.code(), icmp.sender()));
    }
}
