package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of some probes that follow each other in the order of names. They are read family by
/// family: what is read together lies together. Each index is the probe's in the figures. For one
/// thread.
final class SamplePage {

    /// So few that no array here is a large object for the collector.
    static final int PROBES = 1_024;

    private final SeriesLabels labels;
    private final ProbeFigures figures;
    private final ProbeSamples.Moment now;
    private final int first;
    private final int end;

    /// Absent for a probe that another replica runs: it has no series here.
    private final @Nullable ProbeState[] states;

    private final @Nullable FailureCounts[] failures;
    private final @Nullable NotProbedCounts[] notProbed;
    private final @Nullable NotProbedStreak[] streaks;
    private final Outcome.@Nullable Failed[] latestFailures;
    private final @Nullable List<PhaseTime>[] phases;

    /// The phases of plain connects.
    private final long[] queueNanos;

    private final long[] connectNanos;

    /// By the number of the family; absent where no probe has a value.
    private final long[] @Nullable [] values = new long[ProbeSeries.values().length][];

    private final int[] series = new int[ProbeSeries.values().length];
    private long allSeries;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    private SamplePage(SeriesLabels labels, ProbeSamples.Moment now, int first) {
        this.labels = labels;
        this.figures = labels.figures();
        this.now = now;
        this.first = first;
        this.end = Math.min(first + PROBES, labels.figures().size());
        int size = end - first;
        this.states = new ProbeState[size];
        this.failures = new FailureCounts[size];
        this.notProbed = new NotProbedCounts[size];
        this.streaks = new NotProbedStreak[size];
        this.latestFailures = new Outcome.Failed[size];
        this.phases = new List[size];
        this.queueNanos = new long[size];
        this.connectNanos = new long[size];
    }

    /// @param first the index of its first probe
    /// @param scratch has room for a page's values
    static SamplePage read(
            SeriesLabels labels,
            List<ProbeSeries> families,
            ProbeSamples.Moment now,
            int first,
            long[] scratch) {
        SamplePage page = new SamplePage(labels, now, first);
        page.readStates();
        page.readReasons();
        if (families.contains(ProbeSeries.PHASES)) {
            page.readPhases();
        }
        for (int i = 0; i < families.size(); i++) {
            page.read(families.get(i), scratch);
        }
        return page;
    }

    private void readStates() {
        for (int i = first; i < end; i++) {
            states[i - first] = figures.isOwned(i) ? figures.state(i) : null;
        }
    }

    private void readReasons() {
        for (int i = first; i < end; i++) {
            int at = i - first;
            ProbeState state = states[at];
            if (state != null) {
                failures[at] = figures.failures(i);
                notProbed[at] = figures.notProbed(i);
            }
            if (state != null && state != ProbeState.PAUSED) {
                streaks[at] = figures.streak(i);
                latestFailures[at] = figures.latestFailure(i);
            }
        }
    }

    private void readPhases() {
        for (int i = first; i < end; i++) {
            int at = i - first;
            ProbeState state = states[at];
            if (state != null && state != ProbeState.PAUSED) {
                queueNanos[at] = figures.queueNanos(i);
                connectNanos[at] = figures.connectNanos(i);
                phases[at] = figures.phases(i);
            } else {
                connectNanos[at] = ProbeFigures.UNKNOWN;
            }
        }
    }

    private void read(ProbeSeries family, long[] scratch) {
        ProbeSeries.Reading reading = family.reading();
        boolean isAbsent = family == ProbeSeries.IN_MAINTENANCE && now.isQuiet();
        int known = reading == null || isAbsent ? 0 : readValues(family, reading, scratch);
        if (known > 0) {
            values[family.number()] = Arrays.copyOf(scratch, end - first);
        }
        series[family.number()] = family.countAll(this, known);
        allSeries += series[family.number()];
    }

    /// @return how many probes have a value
    private int readValues(ProbeSeries family, ProbeSeries.Reading reading, long[] scratch) {
        int known = 0;
        boolean isKeptWhilePaused = family.isKeptWhilePaused();
        for (int i = first; i < end; i++) {
            ProbeState state = states[i - first];
            boolean isShown = state != null && (isKeptWhilePaused || state != ProbeState.PAUSED);
            long value = isShown ? reading.of(this, i) : ProbeFigures.UNKNOWN;
            scratch[i - first] = value;
            known += value == ProbeFigures.UNKNOWN ? 0 : 1;
        }
        return known;
    }

    int first() {
        return first;
    }

    /// The index behind its last probe.
    int end() {
        return end;
    }

    /// How many series its probes have in all families.
    long series() {
        return allSeries;
    }

    /// How many of them are of one family.
    int series(ProbeSeries family) {
        return series[family.number()];
    }

    SeriesLabels labels() {
        return labels;
    }

    ProbeFigures figures() {
        return figures;
    }

    /// Of a probe that is not hidden.
    ProbeState state(int index) {
        ProbeState state = states[index - first];
        if (state == null) {
            throw new IllegalStateException("another replica runs this probe");
        }
        return state;
    }

    /// The value of a family, or [ProbeFigures#UNKNOWN].
    long value(ProbeSeries family, int index) {
        long[] known = values[family.number()];
        return known == null ? ProbeFigures.UNKNOWN : known[index - first];
    }

    /// 1 or 0, or [ProbeFigures#UNKNOWN].
    long up(int index) {
        return switch (state(index)) {
            case UP, DEGRADED -> 1;
            case DOWN -> 0;
            case PENDING, PAUSED -> ProbeFigures.UNKNOWN;
        };
    }

    /// 1, or [ProbeFigures#UNKNOWN].
    long inMaintenance(int index) {
        ProbeDefinition probe = figures.definition(index);
        boolean isUnder = now.calendar().isUnder(probe.name(), probe.spec().labels(), now.at());
        return isUnder ? 1 : ProbeFigures.UNKNOWN;
    }

    long notProbedRuns(int index) {
        NotProbedStreak streak = streaks[index - first];
        return streak == null ? ProbeFigures.UNKNOWN : streak.runs();
    }

    /// The time since the latest run beyond the allowed one, or [ProbeFigures#UNKNOWN].
    long overdueMillis(int index) {
        long planned = figures.plannedMillis(index);
        if (planned == ProbeFigures.UNKNOWN) {
            return ProbeFigures.UNKNOWN;
        }
        long waited = now.millis() - Math.max(planned, figures.lastRunMillis(index));
        long overdue = waited - labels.patienceMillis(index);
        return overdue > 0 ? overdue : ProbeFigures.UNKNOWN;
    }

    @Nullable FailureCounts failures(int index) {
        return failures[index - first];
    }

    @Nullable NotProbedCounts notProbed(int index) {
        return notProbed[index - first];
    }

    @Nullable NotProbedStreak streak(int index) {
        return streaks[index - first];
    }

    Outcome.@Nullable Failed latestFailure(int index) {
        return latestFailures[index - first];
    }

    /// The first of the two phases of a plain connect.
    long queueNanos(int index) {
        return queueNanos[index - first];
    }

    /// The second one; [ProbeFigures#UNKNOWN] where the latest run was no plain connect.
    long connectNanos(int index) {
        return connectNanos[index - first];
    }

    /// All phases of a run that was no plain connect.
    @Nullable List<PhaseTime> phases(int index) {
        return phases[index - first];
    }
}
