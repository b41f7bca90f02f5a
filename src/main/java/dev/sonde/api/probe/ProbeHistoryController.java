package dev.sonde.api.probe;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
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
import org.springframework.web.bind.annotation.RestController;

/// The results of scheduled probes, and runs outside the schedule.
@RestController
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
    @Override
    public ResultView run(String name) {
        return runNow(name, false);
    }

    /// Waits like [#run].
    @Override
    public ResultView path(String name) {
        return runNow(name, true);
    }

    private ResultView runNow(String name, boolean withPath) {
        requireKnown(name);
        if (prober.isFull()) {
            throw new ProblemException(
                    ProblemType.ENGINE_FULL,
                    "the queue of attempts is full (sonde.engine.queue); repeat the request");
        }
        return schedules
                .runNow(name, withPath)
                .orElseThrow(ProbeViewMaker::unknown)
                .handle((result, _) -> answer(name, result))
                .join();
    }

    @Override
    public PageView<ResultView> results(String name, HistoryParameters parameters) {
        requireKnown(name);
        String list = "probes/" + name + "/results";
        HistoryQuery query = parameters.toQuery(list, clock.instant());
        Page<ProbeResult> page = history.results(name, query);
        return PageView.of(page, list, ResultView::of);
    }

    @Override
    public PageView<TransitionView> transitions(
            String name, @Nullable String limit, @Nullable String cursor) {
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
