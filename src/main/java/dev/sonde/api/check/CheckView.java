package dev.sonde.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.HeldView;
import dev.sonde.api.request.Paged;
import dev.sonde.api.result.ResultView;
import dev.sonde.check.CheckProgress;
import dev.sonde.check.CheckRun;
import dev.sonde.probe.finding.ProbeResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A check in an answer.
///
/// @param results in the order in which they came; only where the caller waited for them
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Check", description = "Many targets probed once")
@Paged(
        value = "A stretch of a list of checks",
        name = "CheckPage",
        order = "Newest first",
        cursor = "100",
        gathered = "checks")
record CheckView(
        @Schema(description = "Names the check in paths") UUID id,
        @Schema(
                        description = "State of the check",
                        allowableValues = {"running", "done", "cancelled"})
                String state,
        @Schema(description = "When it started, UTC, in milliseconds") Instant createdAt,
        SummaryView summary,
        @Schema(
                        description =
                                "In the order in which they came; only where the caller waited for them")
                @Nullable List<ResultView> results,
        @Schema(
                        description = "The replica that holds it. Absent for a single process",
                        example = "sonde-1")
                @Nullable String replica)
        implements HeldView {

    @Override
    public CheckView heldBy(String holder) {
        return new CheckView(id, state, createdAt, summary, results, holder);
    }

    static CheckView of(CheckRun run) {
        return of(run, null);
    }

    static CheckView withResults(CheckRun run, List<ProbeResult> results) {
        return of(run, new Views(results));
    }

    /// Views of results that are made as they are written: all of them at once would take as much
    /// heap as the results.
    private static final class Views extends AbstractList<ResultView> {
        private final List<ProbeResult> results;

        Views(List<ProbeResult> results) {
            this.results = results;
        }

        @Override
        public ResultView get(int index) {
            return ResultView.of(results.get(index));
        }

        @Override
        public int size() {
            return results.size();
        }
    }

    private static CheckView of(CheckRun run, @Nullable List<ResultView> results) {
        CheckProgress progress = run.progress();
        return new CheckView(
                run.id(),
                progress.state().label(),
                run.createdAt().truncatedTo(ChronoUnit.MILLIS),
                SummaryView.of(progress.summary()),
                results,
                null);
    }

    /// Changes with every field that can change.
    String etag() {
        return "\"%s-%d-%d-%d-%d\""
                .formatted(
                        state,
                        summary.succeeded(),
                        summary.failed(),
                        summary.notProbed(),
                        summary.tookMicros());
    }
}
