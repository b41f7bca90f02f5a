package dev.sonde.schedule;

import java.util.Collection;
import java.util.List;

/// All scheduled probes in the order of their names, as they were defined at one moment. They lie
/// side by side: a walk through the book's map is a walk through the whole heap. Immutable, but
/// each probe in it is live.
public final class Roll {

    /// How many changes of definitions came before.
    private final long changes;

    private final List<ScheduledProbe> probes;
    private final Ownership ownership;

    Roll(long changes, Collection<ScheduledProbe> probes, Ownership ownership) {
        this.changes = changes;
        this.probes = List.copyOf(probes);
        this.ownership = ownership;
    }

    boolean isAfter(long changesBefore) {
        return changes == changesBefore;
    }

    public int size() {
        return probes.size();
    }

    public WatchedProbe get(int index) {
        return probes.get(index);
    }

    /// Whether this process runs a probe, now.
    public boolean isOwned(int index) {
        return ownership.owns(probes.get(index).partition());
    }
}
