package dev.sonde.api.history;

import dev.sonde.form.condition.LabelSelector;
import dev.sonde.history.RunHistory;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.Schedules;
import dev.sonde.web.ForwardedRequest;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The runs that this replica has only in memory, for other replicas. On other ports nothing is
/// here.
@Hidden
@RestController
class HeldRunsController {

    /// Characters of the minutes in one answer, about those of ten thousand probes.
    private static final int MOST = 8 << 20;

    private final Schedules schedules;
    private final RunHistory runs;
    private final Clock clock;

    HeldRunsController(Schedules schedules, RunHistory runs, Clock clock) {
        this.schedules = schedules;
        this.runs = runs;
        this.clock = clock;
    }

    /// @throws ProblemException where the answer is too large. The other replica then names this
    ///     one as missing.
    @Operation(parameters = @Parameter(name = "label", in = ParameterIn.QUERY))
    @GetMapping(path = HeldElsewhereRuns.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    List<HeldRunsView> held(
            @RequestParam(required = false) @Nullable String probe, HttpServletRequest request) {
        if (!ForwardedRequest.is(request)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "only replicas ask for this");
        }
        long now = clock.millis();
        List<HeldRunsView> found = new ArrayList<>();
        int characters = 0;
        LabelSelector selector = LabelSelector.of(request.getParameterValues("label"));
        for (String name : probe == null ? schedules.names() : List.of(probe)) {
            HeldRunsView view = HeldRunsView.of(name, runs.held(name, now));
            if (view != null && (selector.isEmpty() || isSelected(name, selector))) {
                found.add(view);
                characters += view.minutes().length();
            }
            if (characters > MOST) {
                throw new ProblemException(
                        ProblemType.OVERLOADED,
                        "the runs in memory have over %d bytes".formatted(MOST));
            }
        }
        return found;
    }

    private boolean isSelected(String name, LabelSelector selector) {
        return schedules
                .find(name)
                .filter(probe -> selector.matches(probe.definition().spec().labels()))
                .isPresent();
    }
}
