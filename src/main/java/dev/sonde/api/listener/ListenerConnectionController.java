package dev.sonde.api.listener;

import dev.sonde.api.replica.EveryReplica;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.Query;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.keeping.Page;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// The connections of one listener, open and recorded.
@RestController
class ListenerConnectionController implements ListenerConnectionOperations {

    private final Listeners listeners;
    private final EveryReplica replicas;

    ListenerConnectionController(Listeners listeners, EveryReplica replicas) {
        this.listeners = listeners;
        this.replicas = replicas;
    }

    @Override
    public AcceptedPageView connections(
            String name,
            @Nullable String wait,
            @Nullable String atLeast,
            @Nullable String received,
            @Nullable String limit,
            @Nullable String cursor) {
        int most = Query.limit(limit);
        if (wait != null && replicas.haveAll(name)) {
            throw Query.invalid("wait", wait, "absent for a listener of all replicas");
        }
        String list = "listeners/" + name + "/connections";
        ConnectionWish wish = ConnectionWish.of(wait, atLeast, received);
        long before = Cursor.number(list, cursor, Long.MAX_VALUE);
        ConnectionWish.Found all =
                wish.find(listeners, name, before, most + 1)
                        .orElseThrow(ListenerViewMaker::unknown);
        Page<ConnectionView> page =
                Page.of(all.connections(), most, last -> Long.toString(last.id()));
        return new AcceptedPageView(
                page.items().stream().map(AcceptedView::of).toList(),
                Cursor.of(list, page.next()),
                all.isTimedOut(),
                null);
    }

    @Override
    public ResponseEntity<Void> forget(
            String name, @Nullable String end, HttpServletRequest request) {
        boolean isKnown =
                end == null
                        ? listeners.forget(name)
                        : listeners
                                .endConnections(name, null, ListenerEndController.mode(end))
                                .isPresent();
        if (!isKnown) {
            throw ListenerViewMaker.unknown();
        }
        replicas.repeat(name, request);
        return ResponseEntity.noContent().build();
    }
}
