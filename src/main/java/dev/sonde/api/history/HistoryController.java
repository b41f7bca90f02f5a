package dev.sonde.api.history;

import dev.sonde.api.probe.TransitionView;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.InstantText;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Query;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.history.HistorySearch;
import dev.sonde.history.Incident;
import dev.sonde.history.IncidentHistory;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.Page;
import dev.sonde.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/// The history of all probes.
@RestController
class HistoryController implements HistoryOperations {

    private static final String INCIDENTS = "incidents";
    private static final String TRANSITIONS = "transitions";

    private final IncidentHistory history;
    private final Schedules schedules;
    private final Clock clock;

    HistoryController(IncidentHistory history, Schedules schedules, Clock clock) {
        this.history = history;
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public PageView<IncidentView> incidents(
            IncidentParameters parameters, HttpServletRequest request) {
        Instant now = clock.instant();
        HistorySearch search =
                new HistorySearch(
                        InstantText.read("since", parameters.since(), now),
                        probes(parameters.probe(), request),
                        Cursor.place(INCIDENTS, parameters.cursor()),
                        Query.limit(parameters.limit()));
        Page<Incident> page = history.incidents(search, parameters.isOpen());
        return PageView.of(
                page,
                INCIDENTS,
                it -> IncidentView.of(it, labels(it.probe()).orElse(Map.of()), now));
    }

    @Override
    public PageView<TransitionView> transitions(
            TransitionParameters parameters, HttpServletRequest request) {
        HistorySearch search =
                new HistorySearch(
                        InstantText.read("since", parameters.since(), clock.instant()),
                        probes(null, request),
                        Cursor.place(TRANSITIONS, parameters.cursor()),
                        Query.limit(parameters.limit()));
        Page<Transition> page = history.transitions(search);
        return PageView.of(page, TRANSITIONS, TransitionView::of);
    }

    private Predicate<String> probes(@Nullable String name, HttpServletRequest request) {
        LabelSelector selector = LabelSelector.of(request.getParameterValues("label"));
        return probe ->
                (name == null || name.equals(probe))
                        && (selector.isEmpty()
                                || labels(probe).filter(selector::matches).isPresent());
    }

    private Optional<Map<String, String>> labels(String probe) {
        return schedules.find(probe).map(found -> found.definition().spec().labels());
    }
}
