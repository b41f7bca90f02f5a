package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sonde.api.request.Paged;
import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.web.CallerPath;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The result of one run of a probe in an answer. Absent means not measured or not set.
///
/// @param deciding the attempt that speaks for the whole; its fields stand beside the others
/// @param attempts all of them, if more than one was made
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "probe", "target", "startedAt"})
@Schema(name = "Result", description = "Result of one run of a probe")
@Paged(
        value = "A stretch of a list of results",
        name = "ResultPage",
        order = "In the order in which they came",
        cursor = "100")
public record ResultView(
        @Schema(description = "Sorts by time") UUID id,
        @Schema(description = "Name of the scheduled probe; absent for a check")
                @Nullable String probe,
        @Schema(description = "As given", example = "127.0.0.1:8080") String target,
        @Schema(description = "When the probe was submitted, UTC, in milliseconds")
                Instant startedAt,
        @JsonUnwrapped AttemptView deciding,
        @Schema(
                        description =
                                "Each attempt, where there was more than one (addresses: each or any)")
                @Nullable List<AttemptView> attempts,
        @Schema(description = "Conditions that the run missed; absent where there are none")
                @Nullable List<UnmetView> unmet,
        @Schema(description = "true where the probe was under maintenance; absent otherwise")
                @Nullable Boolean inMaintenance,
        @Schema(description = "From the planned start to the actual one; absent for a check")
                @Nullable Long latenessMicros,
        @Schema(
                        description = "The replica that ran it; absent where there is only one",
                        example = "sonde-0")
                @Nullable String replica,
        @Schema(description = "The timeline, drawn", example = "/api/v1/results/0193…/timeline.svg")
                String timelineUrl) {

    /// The same without what happened when.
    public ResultView withoutTimeline() {
        return new ResultView(
                id,
                probe,
                target,
                startedAt,
                deciding.withoutTimeline(),
                attempts == null
                        ? null
                        : attempts.stream().map(AttemptView::withoutTimeline).toList(),
                unmet,
                inMaintenance,
                latenessMicros,
                replica,
                timelineUrl);
    }

    private static @Nullable List<UnmetView> unmet(@Nullable Judgement judgement) {
        return judgement == null || judgement.unmet().isEmpty()
                ? null
                : judgement.unmet().stream().map(UnmetView::of).toList();
    }

    public static ResultView of(ProbeResult result) {
        return of(result, CallerPath.of("/api/v1/results/" + result.id() + "/timeline.svg"));
    }

    /// Of a result that no server keeps: its drawing is nowhere.
    static ResultView ofUnkept(ProbeResult result) {
        return of(result, "");
    }

    private static ResultView of(ProbeResult result, String timelineUrl) {
        return new ResultView(
                result.id(),
                result.probe(),
                result.target().toString(),
                result.startedAt().truncatedTo(ChronoUnit.MILLIS),
                AttemptView.of(result.deciding()),
                result.attempts().size() == 1
                        ? null
                        : result.attempts().stream().map(AttemptView::of).toList(),
                unmet(result.judgement()),
                result.inMaintenance() ? (Boolean) true : null,
                result.latenessMicros(),
                result.replica(),
                timelineUrl);
    }
}
