package dev.sonde.api.result;

import dev.sonde.api.request.Query;
import dev.sonde.api.request.WidthParameter;
import dev.sonde.api.timeline.TimelineDrawing;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.result.RecentResults;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Results by id, whichever probe they come from.
@RestController
class ResultController implements ResultOperations {

    private final RecentResults recent;
    private final ProbeHistory history;
    private final ListenerTimelines otherEnds;

    ResultController(RecentResults recent, ProbeHistory history, ListenerTimelines otherEnds) {
        this.recent = recent;
        this.history = history;
        this.otherEnds = otherEnds;
    }

    @Override
    public ResponseEntity<ResultView> get(String id) {
        ProbeResult result = find(id);
        return tagged(result).body(ResultView.of(result));
    }

    @Override
    public ResponseEntity<String> timeline(String id, @WidthParameter @Nullable String width) {
        ProbeResult result = find(id);
        return tagged(result)
                .contentType(new MediaType("image", "svg+xml", StandardCharsets.UTF_8))
                .body(TimelineDrawing.of(result, Query.width(width)));
    }

    private Optional<ProbeResult> find(UUID id) {
        return recent.find(id).map(otherEnds::join).or(() -> history.result(id));
    }

    private ProbeResult find(String id) {
        return Query.id(id)
                .flatMap(this::find)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.NOT_FOUND,
                                        "no result has this id. One of a probe stays for"
                                                + " sonde.results.retention, and for an hour after"
                                                + " the probe is deleted. One of a check stays for"
                                                + " sonde.results.recent-age"));
    }

    /// A result changes only as long as a listener at its other end sees more of the connection.
    private static ResponseEntity.BodyBuilder tagged(ProbeResult result) {
        int events = result.attempts().stream().mapToInt(each -> each.timeline().size()).sum();
        return ResponseEntity.ok().eTag("\"%s-%d\"".formatted(result.id(), events));
    }
}
