package dev.sonde.api.probe;

import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.Query;
import dev.sonde.api.result.ResultView;
import dev.sonde.attempt.Prober;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.Schedules;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The results of scheduled probes, and runs outside the schedule.
@RestController
@RequestMapping("/api/v1/probes/{name}")
class ProbeHistoryController implements ProbeHistoryOperations {

    private final Schedules schedules;
    private final ProbeHistory history;
    private final Prober prober;
    private final Clock clock;

    ProbeHistoryController(Schedules schedules, ProbeHistory history, Prober prober, Clock clock) {
        this.clock = clock;
        this.schedules = schedules;
        this.history = history;
        this.prober = prober;
    }

    /// Waits on the request's own thread, which is a virtual one.
    @PostMapping(
            path = "/runs",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Override
    public ResultView run(@PathVariable String name) {
        return runNow(name, false);
    }

    /// Waits like [#run].
    @PostMapping(
            path = "/path",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Override
    public ResultView path(@PathVariable String name) {
        return runNow(name, true);
    }

    private ResultView runNow(String name, boolean withPath) {
        requireKnown(name);
        if (prober.isFull()) {
            throw new ProblemException(
                    ProblemType.ENGINE_FULL, "the engine has as much to do as it takes on");
        }
        return schedules
                .runNow(name, withPath)
                .orElseThrow(ProbeViewMaker::unknown)
                .handle((result, _) -> answer(name, result))
                .join();
    }

    @GetMapping(
            path = "/results",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Override
    public PageView<ResultView> results(@PathVariable String name, HistoryParameters parameters) {
        requireKnown(name);
        String list = "probes/" + name + "/results";
        HistoryQuery query = parameters.toQuery(list, clock.instant());
        Page<ProbeResult> page = history.results(name, query);
        return PageView.of(page, list, ResultView::of);
    }

    @GetMapping(
            path = "/transitions",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Override
    public PageView<TransitionView> transitions(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        requireKnown(name);
        int most = Query.limit(limit);
        String list = "probes/" + name + "/transitions";
        Page<Transition> page = history.transitions(name, Cursor.place(list, cursor), most);
        return PageView.of(page, list, TransitionView::of);
    }

    private void requireKnown(String name) {
        if (schedules.find(name).isEmpty()) {
            throw ProbeViewMaker.unknown();
        }
    }

    /// The run belongs to the caller, who knows what was run.
    private static ResultView answer(String name, @Nullable ProbeResult result) {
        if (result == null) {
            // A run that was not cancelled with its probe always has a result.
            throw ProbeViewMaker.unknown();
        }
        return ResultView.of(result.withProbe(name));
    }
}
