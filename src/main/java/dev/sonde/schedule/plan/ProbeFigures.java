package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.ProbeDefinition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All scheduled probes in the order of their names, as defined at one moment. Their figures are
/// live, and are read without access to the probe itself.
public final class ProbeFigures {

    public static final long UNKNOWN = -1;

    /// The figures before any definition.
    public static final ProbeFigures EMPTY =
            new ProbeFigures(0, List.of(), Ownership.OF_EVERYTHING);

    /// How many changes of definitions came before.
    private final long changes;

    private final List<ScheduledProbe> probes;
    private final FigureColumns[] columns;
    private final short[] rows;
    private final int[] partitions;
    private final Ownership ownership;

    public ProbeFigures(long changes, Collection<ScheduledProbe> probes, Ownership ownership) {
        this.changes = changes;
        this.probes = List.copyOf(probes);
        this.ownership = ownership;
        int size = this.probes.size();
        this.columns = new FigureColumns[size];
        this.rows = new short[size];
        this.partitions = new int[size];
        for (int i = 0; i < size; i++) {
            ScheduledProbe probe = this.probes.get(i);
            columns[i] = probe.columns;
            rows[i] = probe.row;
            partitions[i] = probe.partition;
        }
    }

    public boolean isAfter(long changesBefore) {
        return changes == changesBefore;
    }

    public int size() {
        return probes.size();
    }

    public ProbeDefinition definition(int index) {
        return probes.get(index).definition();
    }

    /// Whether this process runs a probe, now.
    public boolean isOwned(int index) {
        return ownership.owns(partitions[index]);
    }

    public ProbeState state(int index) {
        return columns[index].state(rows[index]);
    }

    public long number(Figure figure, int index) {
        return columns[index].get(rows[index], figure);
    }

    /// Reads one number of some probes that follow each other.
    ///
    /// @param first the index of the first one
    /// @param end the index behind the last one
    public void read(Figure figure, int first, int end, long[] into) {
        for (int i = first; i < end; i++) {
            into[i - first] = columns[i].get(rows[i], figure);
        }
    }

    /// The failed scheduled runs by reason, since the later of the service's start and the probe's
    /// creation. Absent without any.
    public @Nullable FailureCounts failures(int index) {
        return columns[index].failures(rows[index]);
    }

    /// The scheduled runs that were not probed, by reason, since the same time. Absent without any.
    public @Nullable NotProbedCounts notProbed(int index) {
        return columns[index].notProbed(rows[index]);
    }

    /// The latest runs in a row that were not probed; absent if the latest run was probed.
    public @Nullable NotProbedStreak streak(int index) {
        return columns[index].streak(rows[index]);
    }

    /// The phases of the attempt that spoke for the latest scheduled run. Absent for a plain
    /// connect, and where it said nothing about the target.
    public @Nullable List<PhaseTime> phases(int index) {
        return columns[index].phases(rows[index]);
    }

    /// How the latest scheduled run failed; absent where it did not.
    public Outcome.@Nullable Failed latestFailure(int index) {
        return columns[index].latestFailure(rows[index]);
    }
}
