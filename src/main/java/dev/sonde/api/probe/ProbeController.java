package dev.sonde.api.probe;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.Preconditions;
import dev.sonde.api.request.Query;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.NamedSpec;
import dev.sonde.schedule.OwnedBySetException;
import dev.sonde.schedule.ProbeChange;
import dev.sonde.schedule.ProbeFilter;
import dev.sonde.schedule.ProbeOrder;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Scheduled probes: their definitions and the states of their targets.
@RestController
class ProbeController implements ProbeOperations {

    private static final String LIST = "probes";

    private final Schedules schedules;
    private final ProbeViewMaker views;
    private final ProbeReader reader;

    ProbeController(Schedules schedules, ProbeViewMaker views, ProbeReader reader) {
        this.schedules = schedules;
        this.views = views;
        this.reader = reader;
    }

    @Override
    public ResponseEntity<ScheduledProbeView> create(ProbeRequest body) {
        NamedSpec wanted = reader.read(body, null);
        ProbeChange change =
                schedules.change(
                        wanted.name(),
                        current -> {
                            if (current != null) {
                                throw new ProblemException(
                                        ProblemType.ALREADY_EXISTS,
                                        "a probe of this name exists; PUT replaces it");
                            }
                            return wanted.spec();
                        });
        return views.changed(HttpStatus.CREATED, change);
    }

    @Override
    public ResponseEntity<?> list(ProbeListParameters parameters, HttpServletRequest request) {
        ProbeFilter filter = ProbeFilters.of(request.getParameterValues("label"), parameters);
        int limit = Query.limit(parameters.limit());
        if (parameters.sort() == null) {
            Page<ProbeSnapshot> page =
                    schedules.list().page(filter, Cursor.place(LIST, parameters.cursor()), limit);
            return views.page(page, Cursor.of(LIST, page.next()), parameters);
        }
        String word = Query.word("sort", parameters.sort(), ProbeOrder.WORDS);
        String list = LIST + "?sort=" + word;
        Page<ProbeSnapshot> page =
                schedules
                        .list()
                        .sorted(
                                filter,
                                ProbeOrder.of(word).orElseThrow(),
                                Cursor.place(list, parameters.cursor()),
                                limit);
        return views.page(page, Cursor.of(list, page.next()), parameters);
    }

    /// Sets the tag of the full view by hand. The framework would answer 304 to a reader that has
    /// the definition but not the state.
    @Override
    public Object get(String name, @Nullable String view, HttpServletResponse response) {
        ProbeSnapshot probe = views.find(name);
        String etag = ProbeViewMaker.etag(probe.definition());
        if (Query.isDefinition(view)) {
            ProbeReader.requireReadable(probe.definition());
            return ResponseEntity.ok().eTag(etag).body(ProbeRequest.of(probe.definition()));
        }
        response.setHeader(HttpHeaders.ETAG, etag);
        return views.view(probe);
    }

    @Override
    public ResponseEntity<ScheduledProbeView> put(
            String name, ProbeRequest body, HttpServletRequest request) {
        ProbeSpec wanted = reader.read(body, name).spec();
        Preconditions preconditions = Preconditions.of(request);
        ProbeChange change =
                schedules.change(
                        name,
                        current -> {
                            preconditions.check(
                                    current == null ? null : ProbeViewMaker.etag(current));
                            if (current != null && current.source() != null) {
                                throw new OwnedBySetException(name, current.source());
                            }
                            return wanted;
                        });
        return views.changed(change.created() ? HttpStatus.CREATED : HttpStatus.OK, change);
    }

    @Override
    public ResponseEntity<ScheduledProbeView> patch(
            String name, JsonNode body, HttpServletRequest request) {
        reader.requireReadable(body);
        Preconditions preconditions = Preconditions.of(request);
        requireName(name);
        ProbeChange change =
                schedules.change(
                        name, current -> reader.patched(existing(current, preconditions), body));
        return views.changed(HttpStatus.OK, change);
    }

    @Override
    public ResponseEntity<Void> delete(String name, HttpServletRequest request) {
        Preconditions preconditions = Preconditions.of(request);
        requireName(name);
        schedules.change(
                name,
                current -> {
                    existing(current, preconditions);
                    return null;
                });
        return ResponseEntity.noContent().build();
    }

    private static void requireName(String name) {
        if (!ResourceName.isValid(name)) {
            throw ProbeViewMaker.unknown();
        }
    }

    private static ProbeDefinition existing(
            @Nullable ProbeDefinition current, Preconditions preconditions) {
        if (current == null) {
            throw ProbeViewMaker.unknown();
        }
        preconditions.check(ProbeViewMaker.etag(current));
        return current;
    }
}
