package dev.sonde.api.check;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Query;
import dev.sonde.api.result.ResultView;
import dev.sonde.check.CheckProperties;
import dev.sonde.check.CheckRun;
import dev.sonde.check.CheckSpec;
import dev.sonde.check.Checks;
import dev.sonde.check.Delivery;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.Page;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.exc.JacksonIOException;

/// Checks: many targets probed now. A target that cannot be reached is a successful answer.
@RestController
class CheckController implements CheckOperations {

    private static final Logger log = LoggerFactory.getLogger(CheckController.class);

    private static final String LIST = "checks";

    private final Checks checks;
    private final CheckProperties limits;

    CheckController(Checks checks, CheckProperties limits) {
        this.checks = checks;
        this.limits = limits;
    }

    /// Waits on the request's own thread, which is a virtual one.
    @Override
    public @Nullable ResponseEntity<CheckView> create(
            CheckRequest body,
            @Nullable String wait,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        boolean isWaited = Query.flag("wait", wait, true);
        CheckSpec spec = body.toSpec(limits);
        String caller = request.getRemoteUser();
        if (!isWaited) {
            CheckRun run = checks.start(spec, Delivery.KEPT, caller);
            return ResponseEntity.accepted()
                    .location(uri(run.id()))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(CheckView.of(run));
        }
        if (AnswerForm.prefersNdjson(request)) {
            stream(checks.start(spec, Delivery.STREAMED, caller), response);
            return null;
        }
        CheckRun run = checks.start(spec, Delivery.WAITED, caller);
        run.ended().join();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(CheckView.withResults(run, inOrderOfTargets(run)));
    }

    /// Targets of a sweep end in any order. A caller that waits for all of them reads the results
    /// in the order of the targets.
    private static List<ProbeResult> inOrderOfTargets(CheckRun run) {
        return kept(run, 0, Integer.MAX_VALUE, _ -> true).items().stream()
                .sorted(Comparator.comparing(ProbeResult::id))
                .toList();
    }

    private static void stream(CheckRun run, HttpServletResponse response)
            throws InterruptedException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_LOCATION, uri(run.id()).toString());
        try {
            response.flushBuffer();
            new CheckStream(run).writeTo(response.getOutputStream());
        } catch (IOException | JacksonIOException e) {
            // The client has disconnected, so no answer is possible.
            run.cancel();
            log.atDebug().addKeyValue("check", run.id()).setCause(e).log("a stream was not read");
        } finally {
            run.release();
        }
    }

    @Override
    public PageView<CheckView> list(@Nullable String limit, @Nullable String cursor) {
        int most = Query.limit(limit);
        String place = Cursor.place(LIST, cursor);
        UUID before = place == null ? null : UUID.fromString(place);
        Page<CheckRun> page =
                Page.of(checks.newestFirst(before, most + 1), most, last -> last.id().toString());
        return PageView.of(page, LIST, CheckView::of);
    }

    @Override
    public ResponseEntity<CheckView> get(String id) {
        CheckView view = CheckView.of(find(id));
        return ResponseEntity.ok().eTag(view.etag()).body(view);
    }

    @Override
    public PageView<ResultView> results(
            String id, @Nullable String outcome, @Nullable String limit, @Nullable String cursor) {
        CheckRun run = find(id);
        String list = LIST + "/" + run.id() + "/results";
        int from = Math.toIntExact(Cursor.number(list, cursor, 0));
        return PageView.of(
                kept(run, from, Query.limit(limit), outcome(outcome)), list, ResultView::of);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        if (!Query.id(id).map(checks::delete).orElse(false)) {
            throw unknown();
        }
        return ResponseEntity.noContent().build();
    }

    private CheckRun find(String id) {
        return Query.id(id).flatMap(checks::find).orElseThrow(CheckController::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "no check has this id: it never existed, was deleted, or was kept long enough");
    }

    private static Page<ProbeResult> kept(
            CheckRun run, int from, int limit, Predicate<ProbeResult> wanted) {
        Page<ProbeResult> page = run.page(from, limit, wanted);
        if (page == null) {
            throw new ProblemException(
                    ProblemType.RESULTS_NOT_KEPT,
                    "this check streamed its results; each recent one is found by its own id under"
                            + " /api/v1/results/");
        }
        return page;
    }

    private static Predicate<ProbeResult> outcome(@Nullable String label) {
        if (label == null) {
            return _ -> true;
        }
        String wanted = Query.word("outcome", label, Outcome.LABELS);
        return result -> result.outcome().label().equals(wanted);
    }

    private static URI uri(UUID id) {
        return URI.create("/api/v1/checks/" + id);
    }
}
