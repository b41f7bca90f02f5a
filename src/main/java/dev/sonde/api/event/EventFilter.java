package dev.sonde.api.event;

import dev.sonde.api.request.Query;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.maintenance.MaintenanceEvent;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.result.Event;
import dev.sonde.result.EventInterest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which events a subscriber wants.
///
/// @param types empty for all
/// @param probes names; together with `listeners` empty for all
/// @param listeners names
/// @param labels of a probe, by its name; null where it does not exist
record EventFilter(
        Set<String> types,
        Set<String> probes,
        Set<String> listeners,
        Function<String, @Nullable Map<String, String>> labels) {

    private static final List<String> TYPES =
            List.of("result", "transition", "listener", "maintenance");

    EventFilter {
        types = Set.copyOf(types);
        probes = Set.copyOf(probes);
        listeners = Set.copyOf(listeners);
    }

    static EventFilter of(
            HttpServletRequest request, Function<String, @Nullable Map<String, String>> labels) {
        Set<String> types = values(request, "type");
        for (String type : types) {
            var _ = Query.word("type", type, TYPES);
        }
        return new EventFilter(types, names(request, "probe"), names(request, "listener"), labels);
    }

    boolean matches(Event event) {
        return (types.isEmpty() || types.contains(event.type()))
                && ((probes.isEmpty() && listeners.isEmpty()) || isOfOneAskedFor(event));
    }

    /// The types of which it lets any through.
    Collection<String> typesRead() {
        return types.isEmpty() ? TYPES : types;
    }

    /// The results that it lets through.
    EventInterest interest() {
        if (!types.isEmpty() && !types.contains("result")) {
            return EventInterest.NONE;
        }
        return probes.isEmpty() && listeners.isEmpty()
                ? EventInterest.ALL
                : EventInterest.in(probes);
    }

    private boolean isOfOneAskedFor(Event event) {
        return switch (event) {
            case Event.OfResult(var _, String probe) -> probes.contains(probe);
            case Event.OfTransition(Transition transition) -> probes.contains(transition.probe());
            case Event.OfListener(ListenerEvent at, var _) -> listeners.contains(at.listener());
            case Event.OfMaintenance(MaintenanceEvent at) ->
                    probes.stream().anyMatch(probe -> selects(at, probe));
        };
    }

    private boolean selects(MaintenanceEvent event, String probe) {
        Map<String, String> its = labels.apply(probe);
        return its != null && event.under().maintenance().selection().matches(probe, its);
    }

    private static Set<String> names(HttpServletRequest request, String parameter) {
        Set<String> names = values(request, parameter);
        for (String name : names) {
            if (!ResourceName.isValid(name)) {
                throw Query.invalid(parameter, name, "1 to 63 of a-z, 0-9, \".\" and \"-\"");
            }
        }
        return names;
    }

    private static Set<String> values(HttpServletRequest request, String parameter) {
        String[] values = request.getParameterValues(parameter);
        return Arrays.stream(values == null ? new String[0] : values)
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .collect(Collectors.toSet());
    }
}
