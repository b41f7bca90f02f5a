package dev.sonde.api.listener;

import dev.sonde.api.replica.EveryReplica;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.DefinitionTag;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Preconditions;
import dev.sonde.api.request.Query;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.probe.keeping.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Listeners: the other side of a connection, under control.
@RestController
class ListenerController implements ListenerOperations {

    private static final String LIST = "listeners";

    private final Listeners listeners;
    private final ListenerReader reader;
    private final EveryReplica replicas;

    ListenerController(Listeners listeners, ListenerReader reader, EveryReplica replicas) {
        this.listeners = listeners;
        this.reader = reader;
        this.replicas = replicas;
    }

    @Override
    public ResponseEntity<ListenerView> create(ListenerRequest body) {
        return answer(HttpStatus.CREATED, opened(body));
    }

    @Override
    public ResponseEntity<?> list(
            @Nullable String state,
            @Nullable String view,
            @Nullable String limit,
            @Nullable String cursor,
            HttpServletRequest request) {
        int most = Query.limit(limit);
        String after = Objects.requireNonNullElse(Cursor.place(LIST, cursor), "");
        List<ListenerStatus> found =
                ListenerFilter.of(state, request.getParameterValues("label"))
                        .first(listeners, after, most + 1);
        Page<ListenerStatus> page = Page.of(found, most, ListenerStatus::name);
        if (!Query.isDefinition(view)) {
            return ResponseEntity.ok(PageView.of(page, LIST, ListenerViewMaker::of));
        }
        List<StoredListener> definitions =
                page.items().stream().map(ListenerStatus::definition).toList();
        return ResponseEntity.ok()
                .eTag(
                        DefinitionTag.of(
                                definitions,
                                each -> each.spec().name() + ListenerViewMaker.etag(each)))
                .body(PageView.of(page, LIST, each -> ListenerRequest.of(each.definition())));
    }

    /// Sets the tag of the full view by hand. The framework would answer 304 to a reader that has
    /// the definition but not the state.
    @Override
    public Object get(String name, @Nullable String view, HttpServletResponse response) {
        ListenerStatus found = listeners.get(name).orElseThrow(ListenerViewMaker::unknown);
        String etag = ListenerViewMaker.etag(found.definition());
        if (Query.isDefinition(view)) {
            return ResponseEntity.ok().eTag(etag).body(ListenerRequest.of(found.definition()));
        }
        response.setHeader(HttpHeaders.ETAG, etag);
        return ListenerViewMaker.of(found);
    }

    @Override
    public ResponseEntity<ListenerView> put(
            String name, ListenerRequest body, HttpServletRequest request) {
        ListenerSpec spec = body.toSpec(name, reader.stored(name));
        Listeners.Replacement done =
                listeners.replace(spec, replicas.areMeant(body.replica()), condition(request));
        return answer(done.isNew() ? HttpStatus.CREATED : HttpStatus.OK, done.status());
    }

    @Override
    public ResponseEntity<Void> delete(String name, HttpServletRequest request) {
        StoredListener there = listeners.definition(name).orElseThrow(ListenerViewMaker::unknown);
        if (!listeners.delete(name, condition(request))) {
            throw ListenerViewMaker.unknown();
        }
        replicas.changed(there, request);
        return ResponseEntity.noContent().build();
    }

    @Override
    public ResponseEntity<ListenerView> pause(String name) {
        return setPaused(name, true);
    }

    @Override
    public ResponseEntity<ListenerView> resume(String name) {
        return setPaused(name, false);
    }

    private ListenerStatus opened(ListenerRequest body) {
        try {
            return listeners.create(body.toSpec(null, Set.of()), replicas.areMeant(body.replica()));
        } catch (HeldElsewhereException e) {
            throw new ListenerException(
                    ListenerProblem.NAME_EXISTS,
                    "a listener of this name exists at replica %s; PUT replaces it"
                            .formatted(e.holder()));
        }
    }

    private ResponseEntity<ListenerView> setPaused(String name, boolean paused) {
        return answer(
                HttpStatus.OK,
                listeners.setPaused(name, paused).orElseThrow(ListenerViewMaker::unknown));
    }

    private static ResponseEntity<ListenerView> answer(HttpStatus status, ListenerStatus listener) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status).eTag(ListenerViewMaker.etag(listener.definition()));
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/api/v1/listeners/" + listener.name()));
        }
        return answer.body(ListenerViewMaker.of(listener));
    }

    private static Consumer<Optional<StoredListener>> condition(HttpServletRequest request) {
        Preconditions demands = Preconditions.of(request);
        return there -> demands.check(there.map(ListenerViewMaker::etag).orElse(null));
    }
}
