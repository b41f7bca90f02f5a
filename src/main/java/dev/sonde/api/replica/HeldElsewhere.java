package dev.sonde.api.replica;

import dev.sonde.api.request.Query;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Holder;
import dev.sonde.cluster.forward.Whereabouts;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.result.RecentResults;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Finds the holder of what this replica does not hold, and has it answer. Checks, results in
/// memory and listeners live on one replica. A single process needs none of it.
@Component
public final class HeldElsewhere implements HandlerInterceptor {

    private static final Whereabouts HERE = new Whereabouts.Here();

    private final Forwarding forwarding;
    private final HolderExchange exchange;
    private final ChosenReplica chosen;
    private final Listeners listeners;
    private final ForeignListeners foreign;
    private final LostListeners lost;
    private final EveryReplica replicas;
    private final RecentResults recent;
    private final ProbeHistory history;

    HeldElsewhere(
            Forwarding forwarding,
            HolderExchange exchange,
            ChosenReplica chosen,
            Listeners listeners,
            ForeignListeners foreign,
            LostListeners lost,
            EveryReplica replicas,
            RecentResults recent,
            ProbeHistory history) {
        this.forwarding = forwarding;
        this.exchange = exchange;
        this.chosen = chosen;
        this.listeners = listeners;
        this.foreign = foreign;
        this.lost = lost;
        this.replicas = replicas;
        this.recent = recent;
        this.history = history;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, InterruptedException {
        if (!forwarding.isClustered()) {
            requireKnownReplica(request);
            return true;
        }
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables)) {
            return true;
        }
        Whereabouts place = placeOf(request, variables);
        if (place instanceof Whereabouts.Gone(String replica)
                && lost.isRemoved(replica, request, response)) {
            return false;
        }
        return !exchange.answer(place, request, response);
    }

    /// A single process knows its own name only.
    private void requireKnownReplica(HttpServletRequest request) {
        if (HeldResource.LISTENERS.contains(request.getServletPath())) {
            var _ = chosen.placeOf(request);
        }
    }

    private Whereabouts placeOf(HttpServletRequest request, Map<?, ?> variables) {
        HeldResource resource = HeldResource.of(request.getServletPath()).orElse(null);
        return switch (resource) {
            case null -> HERE;
            case LISTENERS -> placeOfListener(request, variables);
            case LOGS -> placeOfNumber(request.getParameter("id"));
            case EVENTS -> placeOfEvents(request);
            case RESULTS -> id(variables).map(this::placeOfResult).orElse(HERE);
            case CHECKS -> id(variables).map(forwarding::placeOf).orElse(HERE);
        };
    }

    private Whereabouts placeOfNumber(@Nullable String id) {
        return id != null && id.matches("\\d{1,18}")
                ? forwarding.placeOf(Long.parseLong(id))
                : HERE;
    }

    private static Optional<UUID> id(Map<?, ?> variables) {
        return variables.get("id") instanceof String text ? Query.id(text) : Optional.empty();
    }

    /// A listener stays where it is; a new one comes to the replica that it names.
    private Whereabouts placeOfListener(HttpServletRequest request, Map<?, ?> variables) {
        boolean isNamed = variables.get("name") instanceof String;
        String method = request.getMethod();
        if (!isNamed) {
            return method.equals("POST")
                            && request.getServletPath().equals(HeldResource.LISTENERS.path())
                    ? chosen.placeOf(request)
                    : HERE;
        }
        String name = String.valueOf(variables.get("name"));
        if (!method.equals("GET") || ForwardedRequest.is(request)) {
            replicas.follow(name);
        }
        if (listeners.definition(name).isPresent()) {
            return placeOfConnection(name, variables);
        }
        Optional<String> holder = foreign.otherHolder(name);
        if (holder.isEmpty() && method.equals("PUT")) {
            return chosen.placeOf(request);
        }
        if (holder.isEmpty()) {
            replicas.follow(name);
        }
        return holder.map(forwarding::placeAt).orElse(HERE);
    }

    /// One connection of a listener that every replica opens is known by its number.
    private Whereabouts placeOfConnection(String name, Map<?, ?> variables) {
        return variables.get("id") instanceof String id && replicas.haveAll(name)
                ? placeOfNumber(id)
                : HERE;
    }

    /// The events of one listener come from its replica; all others are the same everywhere.
    private Whereabouts placeOfEvents(HttpServletRequest request) {
        String[] names = request.getParameterValues("listener");
        return names == null || names.length != 1 || request.getParameter("probe") != null
                ? HERE
                : placeOfListener(names[0]);
    }

    private Whereabouts placeOfListener(String name) {
        return listeners.definition(name).isPresent()
                ? HERE
                : foreign.otherHolder(name).map(forwarding::placeAt).orElse(HERE);
    }

    /// Has the holder answer, where a controller found that it is another replica.
    ///
    /// @return false where the request is not to be forwarded
    public boolean isAnsweredBy(
            String holder, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        return !ForwardedRequest.is(request)
                && request.getHeader(HolderRequest.NO_FORWARD) == null
                && forwarding.placeAt(holder) instanceof Whereabouts.There(Holder there)
                && forwarding.reaches(there)
                && exchange.answer(new Whereabouts.There(there), request, response);
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
