package dev.sonde.api.probe;

import dev.sonde.api.problem.ProblemException;
import dev.sonde.api.problem.ProblemType;
import dev.sonde.cluster.Replicas;
import dev.sonde.probe.HistoryQuery;
import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeHistory;
import dev.sonde.probe.ProbeResult;
import dev.sonde.schedule.ProbeView;
import dev.sonde.schedule.Schedules;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Scheduled probes as answers show them. Safe for any thread.
@Component
final class ProbeViews {

    /// A loop that does not answer in this time is in trouble, and the change is made all the same.
    private static final long SETTLE_SECONDS = 1;

    private final Schedules schedules;
    private final ProbeHistory history;
    private final Replicas replicas;

    ProbeViews(Schedules schedules, ProbeHistory history, Replicas replicas) {
        this.schedules = schedules;
        this.history = history;
        this.replicas = replicas;
    }

    /// The tag of the definition. The state beside it in a view changes without it.
    static String etag(ProbeDefinition definition) {
        return "\"" + definition.version() + "\"";
    }

    static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND, "no probe has this name: it never existed, or was deleted");
    }

    ScheduledProbeView view(ProbeView probe) {
        return ScheduledProbeView.of(
                probe, last(probe), replicas.ownerOf(probe.definition().name()));
    }

    /// A probe that has not run since the service started has run before, perhaps.
    private @Nullable ProbeResult last(ProbeView probe) {
        if (probe.last() != null) {
            return probe.last();
        }
        try {
            return history
                    .results(probe.definition().name(), HistoryQuery.newest(1))
                    .items()
                    .stream()
                    .findFirst()
                    .orElse(null);
        } catch (DataAccessException _) {
            return null; // all else is known without the store, and its failure is told by health
        }
    }

    ProbeView find(String name) {
        return schedules.find(name).orElseThrow(ProbeViews::unknown);
    }

    /// The answer to a change. It waits for the probe's event loop, on a virtual thread, so that
    /// it shows the state that the change brought about.
    ResponseEntity<ScheduledProbeView> changed(HttpStatus status, String name) {
        var _ =
                schedules
                        .settled(name)
                        .completeOnTimeout(null, SETTLE_SECONDS, TimeUnit.SECONDS)
                        .join();
        ProbeView probe = find(name);
        return ResponseEntity.status(status)
                .header(HttpHeaders.ETAG, etag(probe.definition()))
                .body(view(probe));
    }
}
