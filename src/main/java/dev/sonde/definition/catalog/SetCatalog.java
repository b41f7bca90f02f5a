package dev.sonde.definition.catalog;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.Schedules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The sets that exist, with the probes and listeners that they own. Safe for any thread.
///
/// @param foreign listeners of other replicas
public record SetCatalog(Schedules schedules, Listeners listeners, ForeignListeners foreign) {

    /// The probes that a set owns, in the order of names.
    public List<ProbeDefinition> probes(String set) {
        return schedules.definitionsOf(set).toList();
    }

    /// The listeners that a set owns at all replicas, in the order of names.
    public List<StoredListener> listeners(String set) {
        return Stream.concat(
                        listeners.definitions().stream().filter(each -> set.equals(each.source())),
                        foreign.ofSet(set).stream().map(ForeignListener::definition))
                .sorted(Comparator.comparing(each -> each.spec().name()))
                .toList();
    }

    /// All sets, in the order of names.
    public List<SetSummary> list() {
        Map<String, SetSummary> sets = new TreeMap<>();
        schedules.sets().forEach(set -> count(sets, set, 1, 0));
        listeners.definitions().forEach(each -> count(sets, each.source(), 0, 1));
        foreign.ofSets().forEach(each -> count(sets, each.definition().source(), 0, 1));
        return List.copyOf(sets.values());
    }

    private static void count(
            Map<String, SetSummary> sets, @Nullable String set, int probes, int listeners) {
        if (set != null) {
            sets.merge(
                    set,
                    new SetSummary(set, probes, listeners),
                    (known, _) -> known.plus(probes, listeners));
        }
    }
}
