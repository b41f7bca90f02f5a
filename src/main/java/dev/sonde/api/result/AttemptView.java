package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sonde.api.document.ClosedList;
import dev.sonde.api.document.WordOf;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt at one address in an answer. Absent means not measured or not known.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Attempt", description = "One attempt at one address")
record AttemptView(
        @Schema(description = "The address connected to", example = "127.0.0.1:8080")
                @Nullable String remoteAddress,
        @Schema(description = "Our own end of the connection", example = "127.0.0.1:41822")
                @Nullable String localAddress,
        @Schema(
                        description = "How it ended",
                        allowableValues = {Outcome.SUCCEEDED, Outcome.FAILED, Outcome.NOT_PROBED})
                String outcome,
        @Schema(description = "Why", example = "connected") @WordOf(ClosedList.REASON)
                String reason,
        @Schema(description = "The phase in which it ended badly") @WordOf(ClosedList.PHASE)
                @Nullable String phase,
        @Schema(description = "One sentence for a person: the observation and its meaning")
                @Nullable String detail,
        @Schema(
                        description = "Microseconds from submit to outcome: the sum of the phases",
                        minimum = "0",
                        example = "73")
                long tookMicros,
        @Schema(description = "In order; they add up to tookMicros") List<PhaseView> phases,
        EvidenceView evidence,
        @Schema(description = "Events, oldest first. Absent when no connect was made")
                @Nullable List<TimelineEventView> timeline,
        @JsonUnwrapped StepsView steps,
        @Nullable PathView path) {

    AttemptView withoutTimeline() {
        return new AttemptView(
                remoteAddress,
                localAddress,
                outcome,
                reason,
                phase,
                detail,
                tookMicros,
                phases,
                evidence,
                null,
                steps,
                path);
    }

    static AttemptView of(AttemptResult attempt) {
        Outcome outcome = attempt.outcome();
        Phase phase = outcome.phase();
        return new AttemptView(
                text(attempt.remote()),
                text(attempt.local()),
                outcome.label(),
                outcome.reasonLabel(),
                phase == null ? null : phase.label(),
                outcome.detail(),
                attempt.tookNanos() / 1_000,
                PhaseView.of(attempt.phases()),
                EvidenceView.of(attempt.evidence(), attempt.lookup()),
                attempt.timeline().isEmpty()
                        ? null
                        : attempt.timeline().stream().map(TimelineEventView::of).toList(),
                StepsView.of(attempt.reports()),
                PathView.of(attempt.path()));
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
        return address == null ? null : AddressText.of(address);
    }
}
