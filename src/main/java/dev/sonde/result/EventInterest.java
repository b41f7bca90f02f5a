package dev.sonde.result;

import java.util.HashSet;
import java.util.Set;

/// The results that subscribers of one replica's event stream want. Immutable.
///
/// @param all those of every probe
/// @param probes names of the wanted probes, at most 1,000; empty if all are wanted
public record EventInterest(boolean all, Set<String> probes) {

    public static final EventInterest NONE = new EventInterest(false, Set.of());
    public static final EventInterest ALL = new EventInterest(true, Set.of());

    /// More names than this cost more than all results do.
    private static final int MOST = 1_000;

    public EventInterest {
        probes = all ? Set.of() : Set.copyOf(probes);
    }

    /// The interest in some probes; beyond 1,000 in all.
    public static EventInterest in(Set<String> probes) {
        return probes.size() > MOST ? ALL : new EventInterest(false, probes);
    }

    public boolean isNone() {
        return !all && probes.isEmpty();
    }

    public boolean wants(String probe) {
        return all || probes.contains(probe);
    }

    /// The interest of both.
    public EventInterest and(EventInterest other) {
        if (all || other.all) {
            return ALL;
        }
        Set<String> union = new HashSet<>(probes);
        union.addAll(other.probes);
        return in(union);
    }
}
