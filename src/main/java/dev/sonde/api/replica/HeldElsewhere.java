package dev.sonde.api.replica;

import dev.sonde.api.request.Query;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Whereabouts;
import dev.sonde.listen.Listeners;
import dev.sonde.probe.keeping.ListenerHolders;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.result.RecentResults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Finds the holder of what this replica does not hold, and has it answer. Checks, results in
/// memory
/// and listeners live on one replica. A single process needs none of it.
@Component
public final class HeldElsewhere implements HandlerInterceptor {

    private static final Whereabouts HERE = new Whereabouts.Here();

    private final Forwarding forwarding;
    private final HolderExchange exchange;
    private final Listeners listeners;
    private final ListenerHolders holders;
    private final RecentResults recent;
    private final ProbeHistory history;

    HeldElsewhere(
            Forwarding forwarding,
            HolderExchange exchange,
            Listeners listeners,
            ListenerHolders holders,
            RecentResults recent,
            ProbeHistory history) {
        this.forwarding = forwarding;
        this.exchange = exchange;
        this.listeners = listeners;
        this.holders = holders;
        this.recent = recent;
        this.history = history;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
        if (!forwarding.isClustered()
                || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables)) {
            return true;
        }
        return !exchange.answer(placeOf(request.getRequestURI(), variables), request, response);
    }

    private Whereabouts placeOf(String path, Map<?, ?> variables) {
        if (path.startsWith("/api/v1/listeners/")) {
            return variables.get("name") instanceof String name ? placeOfListener(name) : HERE;
        }
        Optional<UUID> id =
                variables.get("id") instanceof String text ? Query.id(text) : Optional.empty();
        boolean isResult = path.startsWith("/api/v1/results/");
        return id.map(known -> isResult ? placeOfResult(known) : forwarding.placeOf(known))
                .orElse(HERE);
    }

    private Whereabouts placeOfListener(String name) {
        return listeners.get(name).isPresent()
                ? HERE
                : holders.otherHolder(name).map(forwarding::placeAt).orElse(HERE);
    }

    /// The database has the results of scheduled runs, whichever replica made them.
    private Whereabouts placeOfResult(UUID id) {
        if (recent.find(id).isPresent()) {
            return HERE;
        }
        Whereabouts place = forwarding.placeOf(id);
        return place instanceof Whereabouts.Here || history.result(id).isPresent() ? HERE : place;
    }
}
