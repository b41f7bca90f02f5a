package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.NameEvidence;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The kernel's account of an attempt in an answer. Absent means not measured.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Evidence",
        description = "Kernel data of the attempt's socket. Absent means not measured")
record EvidenceView(
        @Schema(
                        description = "Source of the data",
                        allowableValues = {"tcp_info", "none"})
                String source,
        @Schema(
                        description = "State of the connection, as tcp(7) names it",
                        example = "ESTABLISHED")
                @Nullable String state,
        @Schema(
                        description =
                                "The handshake's round trip as the kernel took it, microseconds",
                        example = "61")
                @Nullable Long rttMicros,
        @Schema(
                        description =
                                "Whether that is a millisecond's granularity only, because a SYN was"
                                        + " repeated")
                @Nullable Boolean rttCoarse,
        @Schema(description = "SYNs repeated for want of an answer", example = "0")
                @Nullable Long synRetransmits,
        @Schema(description = "Name of the error number", example = "ECONNREFUSED")
                @Nullable String errno,
        @Schema(
                        description = "Event that ended the connect",
                        allowableValues = {"rst", "icmp"})
                @Nullable String refusedBy,
        @Nullable IcmpView icmp,
        @Schema(description = "Payload bytes in a full segment to the peer", example = "1448")
                @Nullable Long mss,
        @Schema(description = "Bytes in a full packet on the way to the peer", example = "1500")
                @Nullable Long pathMtu,
        @Schema(
                        description = "Options that the handshake negotiated",
                        example = "[\"timestamps\", \"sack\"]")
                @Nullable Collection<String> options,
        @Schema(
                        description =
                                "Questions beyond the probe itself, in their order; absent where none"
                                        + " was asked")
                @Nullable List<AskedView> asked,
        @Nullable LookupView resolve) {

    /// The words of each combination that was seen: there are few.
    private static final Map<Collection<Evidence.Option>, List<String>> LABELS =
            new ConcurrentHashMap<>();

    /// An ICMP message in an answer.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Icmp", description = "The ICMP message that ended the connect")
    record IcmpView(
            @Schema(description = "4 (RFC 792) or 6 (RFC 4443)", example = "4") int version,
            @Schema(description = "The message's type", example = "3") int type,
            @Schema(description = "The message's code", example = "13") int code,
            @Schema(description = "The address that sent it", example = "10.0.0.1")
                    @Nullable String from) {

        static @Nullable IcmpView of(@Nullable IcmpMessage icmp) {
            return icmp == null
                    ? null
                    : new IcmpView(icmp.version(), icmp.type(), icmp.code(), icmp.from());
        }
    }

    static EvidenceView of(Evidence evidence, @Nullable NameEvidence lookup) {
        return new EvidenceView(
                evidence.source().label(),
                evidence.state() == null ? null : evidence.state().name(),
                evidence.rttMicros(),
                evidence.rttCoarse(),
                evidence.synRetransmits(),
                evidence.errno(),
                evidence.refusedBy() == null ? null : evidence.refusedBy().label(),
                IcmpView.of(evidence.icmp()),
                evidence.mss(),
                evidence.pathMtu(),
                labels(evidence.options()),
                AskedView.of(evidence.asked()),
                LookupView.of(lookup));
    }

    private static @Nullable List<String> labels(@Nullable Collection<Evidence.Option> options) {
        return options == null ? null : LABELS.computeIfAbsent(options, EvidenceView::labelsOf);
    }

    private static List<String> labelsOf(Collection<Evidence.Option> options) {
        return options.stream().map(Evidence.Option::label).toList();
    }
}
