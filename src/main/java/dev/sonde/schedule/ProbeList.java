package dev.sonde.schedule;

import dev.sonde.probe.keeping.Page;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Pages of probes.
///
/// @param probes by name
public record ProbeList(NavigableMap<String, ProbeEntry> probes) {

    /// Probes in the order of their names.
    ///
    /// @param cursor the name after which to go on; the beginning when absent
    public Page<ProbeSnapshot> page(ProbeFilter filter, @Nullable String cursor, int limit) {
        List<ProbeSnapshot> items = new ArrayList<>();
        String lastName = null;
        for (ProbeEntry probe :
                (cursor == null ? probes : probes.tailMap(cursor, false)).values()) {
            ProbeSnapshot found = filter.find(probe);
            if (found != null) {
                if (items.size() == limit) {
                    return new Page<>(items, lastName);
                }
                items.add(found);
                lastName = probe.name();
            }
        }
        return new Page<>(items, null);
    }

    /// Probes in another order. Probes whose place changes meanwhile may be seen twice or not at
    /// all.
    ///
    /// @param place the `next` of the page before; the beginning when absent
    public Page<ProbeSnapshot> sorted(
            ProbeFilter filter, ProbeOrder order, @Nullable String place, int limit) {
        List<ProbeOrder.Key> found =
                probes.values().stream()
                        .filter(filter::matches)
                        .map(ProbeOrder.Key::of)
                        .filter(key -> place == null || order.isAfter(key, place))
                        .sorted(order::compare)
                        .limit(limit + 1L)
                        .toList();
        Page<ProbeOrder.Key> page = Page.of(found, limit, ProbeOrder::place);
        List<ProbeSnapshot> items =
                page.items().stream()
                        .map(key -> probes.get(key.name()))
                        .filter(Objects::nonNull)
                        .map(ProbeSnapshot::of)
                        .toList();
        return new Page<>(items, page.next());
    }

    /// The names of the first probes that have had many runs in a row that asked nothing of their
    /// target.
    public List<String> neglected(int most) {
        return probes.values().stream()
                .filter(
                        probe -> {
                            NotProbedStreak streak = probe.notProbed();
                            return streak != null && streak.runs() >= NotProbedStreak.MANY;
                        })
                .limit(most)
                .map(ProbeEntry::name)
                .toList();
    }
}
