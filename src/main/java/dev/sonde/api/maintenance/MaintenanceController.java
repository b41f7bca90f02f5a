package dev.sonde.api.maintenance;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Query;
import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.maintenance.Maintenance;
import dev.sonde.maintenance.MaintenanceBook;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.OnceTiming;
import dev.sonde.maintenance.RecordedRuns;
import dev.sonde.maintenance.Selection;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.Schedules;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Maintenances of probes.
@RestController
class MaintenanceController implements MaintenanceOperations {

    private static final String LIST = "maintenances";

    private final MaintenanceBook book;
    private final RecordedRuns recorded;
    private final Schedules schedules;
    private final ResultIds ids;
    private final Clock clock;

    MaintenanceController(
            MaintenanceBook book,
            RecordedRuns recorded,
            Schedules schedules,
            ResultIds ids,
            Clock clock) {
        this.book = book;
        this.recorded = recorded;
        this.schedules = schedules;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ResponseEntity<MaintenanceView> create(MaintenanceRequest body) {
        Instant now = clock.instant();
        MaintenanceRequest.Read read = body.read(now);
        requireKnown(read.selection());
        List<String> probes = probes(read.selection());
        Maintenance maintenance =
                new Maintenance(
                        ids.next(now), read.selection(), read.timing(), read.comment(), now);
        MaintenanceWindow past = past(maintenance, now);
        if (past != null) {
            requireKept(probes, past.from(), body.from());
        }
        book.add(maintenance, now);
        if (past != null) {
            silence(maintenance, probes, past);
        }
        return ResponseEntity.created(URI.create("/api/v1/maintenances/" + maintenance.id()))
                .body(MaintenanceView.of(maintenance, probes.size(), now));
    }

    /// A typing error in a name would silence nobody.
    private void requireKnown(Selection selection) {
        List<InvalidField> unknown =
                selection.probes().stream()
                        .sorted()
                        .filter(name -> schedules.find(name).isEmpty())
                        .map(name -> InvalidField.of("probes", name, "no probe has this name"))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidRequestException(unknown);
        }
    }

    private List<String> probes(Selection selection) {
        if (selection.labels().isEmpty()) {
            return List.copyOf(selection.probes());
        }
        return schedules
                .definitions()
                .filter(probe -> selection.matches(probe.name(), probe.spec().labels()))
                .map(ProbeDefinition::name)
                .toList();
    }

    /// The part of its window that lies behind; null where none does.
    private static @Nullable MaintenanceWindow past(Maintenance maintenance, Instant now) {
        if (maintenance.timing() instanceof OnceTiming(MaintenanceWindow window)
                && window.from().isBefore(now)) {
            return window;
        }
        return null;
    }

    private void requireKept(List<String> probes, Instant from, @Nullable String given) {
        Instant kept = recorded.keptSince(probes, from);
        if (kept != null) {
            throw Query.invalid(
                    "from",
                    given,
                    "raw results of these probes reach back to %s (sonde.results.retention, .per-probe)"
                            .formatted(kept));
        }
    }

    private void silence(Maintenance maintenance, List<String> probes, MaintenanceWindow past) {
        try {
            recorded.silence(probes, past);
        } catch (RuntimeException e) {
            book.remove(maintenance.id());
            throw e;
        }
    }

    @Override
    public PageView<MaintenanceView> list(@Nullable String limit, @Nullable String cursor) {
        Instant now = clock.instant();
        int most = Query.limit(limit);
        String after = Cursor.place(LIST, cursor);
        List<Maintenance> found =
                book.all().stream()
                        .filter(it -> after == null || it.id().toString().compareTo(after) < 0)
                        .limit(most + 1L)
                        .toList();
        return PageView.of(
                Page.of(found, most, last -> last.id().toString()),
                LIST,
                it -> MaintenanceView.of(it, probes(it.selection()).size(), now));
    }

    @Override
    public ResponseEntity<MaintenanceView> get(String id) {
        Maintenance found =
                Query.id(id).flatMap(book::find).orElseThrow(MaintenanceController::unknown);
        MaintenanceView view =
                MaintenanceView.of(found, probes(found.selection()).size(), clock.instant());
        return ResponseEntity.ok(view);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        UUID known = Query.id(id).orElseThrow(MaintenanceController::unknown);
        if (!book.remove(known)) {
            throw unknown();
        }
        return ResponseEntity.noContent().build();
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "no maintenance has this id: it never existed, or was deleted");
    }
}
