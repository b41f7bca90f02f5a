package dev.sonde.api.probe;

import dev.sonde.api.request.DefinitionTag;
import dev.sonde.api.request.PageView;
import dev.sonde.cluster.Replicas;
import dev.sonde.maintenance.MaintenanceBook;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.ProbeChange;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Scheduled probes as answers show them. Safe for any thread.
@Component
public final class ProbeViewMaker {

    /// The longest wait for a loop. The change takes effect even if the loop does not answer in
    /// this time.
    private static final long SETTLE_SECONDS = 1;

    private final Schedules schedules;
    private final ProbeHistory history;
    private final Replicas replicas;
    private final ProbeWarning warning;
    private final MaintenanceBook maintenances;
    private final Clock clock;

    ProbeViewMaker(
            Schedules schedules,
            ProbeHistory history,
            Replicas replicas,
            MaintenanceBook maintenances,
            TargetPolicy policy,
            Clock clock) {
        this.maintenances = maintenances;
        this.clock = clock;
        this.warning = new ProbeWarning(policy);
        this.schedules = schedules;
        this.history = history;
        this.replicas = replicas;
    }

    /// The tag of the definition. The state beside it in a view changes without it.
    static String etag(ProbeDefinition definition) {
        return "\"" + definition.version() + "\"";
    }

    public static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND, "no probe has this name: it never existed, or was deleted");
    }

    ScheduledProbeView view(ProbeSnapshot probe) {
        return views(List.of(probe)).getFirst();
    }

    List<ScheduledProbeView> views(List<ProbeSnapshot> probes) {
        Map<String, ProbeResult> before = lastBefore(probes);
        return probes.stream()
                .map(
                        probe -> {
                            String name = probe.definition().name();
                            ProbeResult last = probe.last();
                            return ScheduledProbeView.of(
                                    probe,
                                    last == null ? before.get(name) : last,
                                    maintenances
                                            .find(
                                                    name,
                                                    probe.definition().spec().labels(),
                                                    clock.instant())
                                            .orElse(null),
                                    replicas.ownerOf(name),
                                    warning.of(probe.definition().spec()));
                        })
                .toList();
    }

    /// The latest results of probes that have not run here since the service started.
    private Map<String, ProbeResult> lastBefore(List<ProbeSnapshot> probes) {
        List<String> names =
                probes.stream()
                        .filter(probe -> probe.latest() == null)
                        .map(probe -> probe.definition().name())
                        .toList();
        Map<String, ProbeResult> last = new HashMap<>();
        try {
            for (ProbeResult result : history.latest(names)) {
                last.put(result.probe(), result);
            }
        } catch (DataAccessException _) {
            // All else is known without the store, and health reports its failure.
        }
        return last;
    }

    /// A page of a list as its parameters want it.
    ///
    /// @param next the cursor of the next page
    ResponseEntity<?> page(
            Page<ProbeSnapshot> page, @Nullable String next, ProbeListParameters parameters) {
        List<ProbeDefinition> definitions =
                page.items().stream().map(ProbeSnapshot::definition).toList();
        boolean hasTimeline = parameters.hasTimeline();
        if (parameters.isDefinition()) {
            return ResponseEntity.ok()
                    .eTag(DefinitionTag.of(definitions, each -> each.name() + etag(each)))
                    .body(
                            new PageView<>(
                                    definitions.stream().map(ProbeRequest::of).toList(), next));
        }
        List<ScheduledProbeView> views = views(page.items());
        return ResponseEntity.ok(
                new PageView<>(
                        hasTimeline
                                ? views
                                : views.stream().map(ScheduledProbeView::withoutTimeline).toList(),
                        next));
    }

    ProbeSnapshot find(String name) {
        return schedules.find(name).orElseThrow(ProbeViewMaker::unknown);
    }

    /// The answer to a change. The answer waits on a virtual thread for the probe's event loop, so
    /// it shows the state after the change. The change took effect even if another caller has
    /// deleted the probe since.
    ResponseEntity<ScheduledProbeView> changed(HttpStatus status, ProbeChange change) {
        ProbeDefinition made = Objects.requireNonNull(change.after());
        String name = made.name();
        var _ =
                schedules
                        .settled(name)
                        .completeOnTimeout(null, SETTLE_SECONDS, TimeUnit.SECONDS)
                        .join();
        ProbeSnapshot probe = schedules.find(name).orElseGet(() -> unseen(made));
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status).header(HttpHeaders.ETAG, etag(probe.definition()));
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/api/v1/probes/" + name));
        }
        return answer.body(view(probe));
    }

    private static ProbeSnapshot unseen(ProbeDefinition made) {
        ProbeHealth health =
                made.spec().paused()
                        ? ProbeHealth.paused(made.updatedAt())
                        : ProbeHealth.pending(made.updatedAt());
        return new ProbeSnapshot(made, health, null, null, null, null);
    }
}
