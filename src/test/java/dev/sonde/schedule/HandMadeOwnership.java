package dev.sonde.schedule;

import dev.sonde.schedule.plan.Ownership;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// Owns what the test says; all of it at first. A probe's partition is its first letter.
final class HandMadeOwnership implements Ownership {

    final Set<Integer> lost = new HashSet<>();
    boolean stoodStill;

    /// Of the latest run that was asked for.
    long latenessMillis;

    @Override
    public int partitionOf(String probe) {
        return probe.charAt(0);
    }

    @Override
    public boolean owns(int partition) {
        return !lost.contains(partition);
    }

    @Override
    public boolean mayStart(int partition, long latenessNanos) {
        latenessMillis = Math.round(latenessNanos / 1e6);
        return owns(partition) && !stoodStill;
    }

    Handover lose(String probe) {
        lost.add(partitionOf(probe));
        return handover(probe, 0);
    }

    Handover gain(String probe, long orphanedNanos) {
        lost.remove(partitionOf(probe));
        return handover(probe, orphanedNanos);
    }

    private Handover handover(String probe, long orphanedNanos) {
        BitSet changed = new BitSet();
        changed.set(partitionOf(probe));
        return new Handover(changed, _ -> orphanedNanos);
    }
}
