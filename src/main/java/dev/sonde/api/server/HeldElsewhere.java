package dev.sonde.api.server;

import dev.sonde.api.request.Query;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.member.Peer;
import dev.sonde.listen.Listeners;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.probe.keeping.ListenerHolders;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.result.RecentResults;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Finds the replica that holds a check, a result in memory or a listener that is absent here. Such
/// a resource lives on one replica, and the others send callers there. A single process does not
/// use this class.
@Component
final class HeldElsewhere implements HandlerInterceptor {

    private final Replicas replicas;
    private final Listeners listeners;
    private final ListenerHolders holders;
    private final RecentResults recent;
    private final ProbeHistory history;

    HeldElsewhere(
            Replicas replicas,
            Listeners listeners,
            ListenerHolders holders,
            RecentResults recent,
            ProbeHistory history) {
        this.replicas = replicas;
        this.listeners = listeners;
        this.holders = holders;
        this.recent = recent;
        this.history = history;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (replicas.status().isPresent()
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                        instanceof Map<?, ?> variables) {
            requireHere(request.getRequestURI(), variables);
        }
        return true;
    }

    private void requireHere(String path, Map<?, ?> variables) {
        if (path.startsWith("/api/v1/listeners/") && variables.get("name") instanceof String name) {
            requireListener(name);
        } else if (variables.get("id") instanceof String id) {
            Query.id(id)
                    .filter(known -> !(path.startsWith("/api/v1/results/") && isFound(known)))
                    .flatMap(replicas::makerOf)
                    .map(Peer::name)
                    .ifPresent(HeldElsewhere::refuse);
        }
    }

    private void requireListener(String name) {
        if (listeners.get(name).isEmpty()) {
            holders.otherHolder(name).ifPresent(HeldElsewhere::refuse);
        }
    }

    private boolean isFound(UUID result) {
        return recent.find(result).isPresent()
                || (replicas.makerOf(result).isPresent() && history.result(result).isPresent());
    }

    private static void refuse(String holder) {
        throw new HeldElsewhereException(holder);
    }
}
