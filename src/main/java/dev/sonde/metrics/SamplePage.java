package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.Figure;
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

    /// Whether a probe is hidden or paused.
    private boolean isMixed;

    /// Absent where no probe has any; so are the next three.
    private @Nullable FailureCounts @Nullable [] failures;

    private @Nullable NotProbedCounts @Nullable [] notProbed;
    private @Nullable NotProbedStreak @Nullable [] streaks;
    private Outcome.@Nullable Failed @Nullable [] latestFailures;

    /// Absent where phases are not wanted.
    private @Nullable PagePhases phases;

    /// By the number of the family; absent where no probe has a value.
    private final long[] @Nullable [] values = new long[ProbeSeries.values().length][];

    private final int[] series = new int[ProbeSeries.values().length];
    private long allSeries;

    private SamplePage(SeriesLabels labels, ProbeSamples.Moment now, int first) {
        this.labels = labels;
        this.figures = labels.figures();
        this.now = now;
        this.first = first;
        this.end = Math.min(first + PROBES, labels.figures().size());
        this.states = new ProbeState[end - first];
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
            page.phases = PagePhases.read(page);
        }
        for (int i = 0; i < families.size(); i++) {
            page.read(families.get(i), scratch);
        }
        return page;
    }

    private void readStates() {
        for (int i = first; i < end; i++) {
            ProbeState state = figures.isOwned(i) ? figures.state(i) : null;
            states[i - first] = state;
            isMixed |= state == null || state == ProbeState.PAUSED;
        }
    }

    private void readReasons() {
        for (int i = first; i < end; i++) {
            int at = i - first;
            if (isShown(at, true)) {
                note(at, figures.failures(i));
                note(at, figures.notProbed(i));
            }
            if (isShown(at, false)) {
                note(at, figures.streak(i));
                note(at, figures.latestFailure(i));
            }
        }
    }

    private void note(int at, @Nullable FailureCounts counts) {
        if (counts != null) {
            failures = failures == null ? new FailureCounts[states.length] : failures;
            failures[at] = counts;
        }
    }

    private void note(int at, @Nullable NotProbedCounts counts) {
        if (counts != null) {
            notProbed = notProbed == null ? new NotProbedCounts[states.length] : notProbed;
            notProbed[at] = counts;
        }
    }

    private void note(int at, @Nullable NotProbedStreak streak) {
        if (streak != null) {
            streaks = streaks == null ? new NotProbedStreak[states.length] : streaks;
            streaks[at] = streak;
        }
    }

    private void note(int at, Outcome.@Nullable Failed failed) {
        if (failed != null) {
            latestFailures =
                    latestFailures == null ? new Outcome.Failed[states.length] : latestFailures;
            latestFailures[at] = failed;
        }
    }

    /// @param isKeptWhilePaused whether a paused probe has a value too
    private boolean isShown(int at, boolean isKeptWhilePaused) {
        ProbeState state = states[at];
        return state != null && (isKeptWhilePaused || state != ProbeState.PAUSED);
    }

    private void read(ProbeSeries family, long[] scratch) {
        ProbeSeries.Reading reading = family.reading();
        int known = 0;
        if (reading != null && reading.read(this, scratch)) {
            known = countKnown(family.isKeptWhilePaused(), scratch);
        }
        if (known > 0) {
            values[family.number()] = Arrays.copyOf(scratch, states.length);
        }
        series[family.number()] = family.countAll(this, known);
        allSeries += series[family.number()];
    }

    /// Drops the values of hidden probes.
    ///
    /// @return how many probes have a value
    private int countKnown(boolean isKeptWhilePaused, long[] read) {
        int known = 0;
        for (int at = 0; at < states.length; at++) {
            if (isMixed && !isShown(at, isKeptWhilePaused)) {
                read[at] = ProbeFigures.UNKNOWN;
            }
            known += read[at] == ProbeFigures.UNKNOWN ? 0 : 1;
        }
        return known;
    }

    /// Reads a number of each probe.
    boolean read(Figure figure, long[] into) {
        figures.read(figure, first, end, into);
        return true;
    }

    /// 1 or 0 for each probe.
    boolean readUp(long[] into) {
        for (int at = 0; at < states.length; at++) {
            ProbeState state = states[at];
            into[at] =
                    switch (state) {
                        case UP, DEGRADED -> 1;
                        case DOWN -> 0;
                        case PENDING, PAUSED -> ProbeFigures.UNKNOWN;
                        case null -> ProbeFigures.UNKNOWN;
                    };
        }
        return true;
    }

    /// 1 for each probe.
    boolean readOnes(long[] into) {
        Arrays.fill(into, 1);
        return true;
    }

    boolean readInMaintenance(long[] into) {
        for (int i = first; !now.isQuiet() && i < end; i++) {
            ProbeDefinition probe = figures.definition(i);
            boolean isUnder = now.calendar().isUnder(probe.name(), probe.spec().labels(), now.at());
            into[i - first] = isUnder ? 1 : ProbeFigures.UNKNOWN;
        }
        return !now.isQuiet();
    }

    boolean readNotProbedRuns(long[] into) {
        for (int at = 0; streaks != null && at < states.length; at++) {
            NotProbedStreak streak = streaks[at];
            into[at] = streak == null ? ProbeFigures.UNKNOWN : streak.runs();
        }
        return streaks != null;
    }

    boolean readFailed(long[] into) {
        for (int at = 0; latestFailures != null && at < states.length; at++) {
            into[at] = latestFailures[at] == null ? ProbeFigures.UNKNOWN : 1;
        }
        return latestFailures != null;
    }

    /// The time since the latest run beyond the allowed one, of each probe.
    boolean readOverdueMillis(long[] into) {
        for (int i = first; i < end; i++) {
            long planned = figures.number(Figure.PLANNED_MILLIS, i);
            long since = Math.max(planned, figures.number(Figure.LAST_RUN_MILLIS, i));
            long overdue = now.millis() - since - labels.patienceMillis(i);
            boolean isMissing = planned != ProbeFigures.UNKNOWN && overdue > 0;
            into[i - first] = isMissing ? overdue : ProbeFigures.UNKNOWN;
        }
        return true;
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

    /// How many series of a family the probes have, counted one by one.
    int count(ProbeSeries family) {
        int count = 0;
        for (int i = first; i < end; i++) {
            count += family.count(this, i);
        }
        return count;
    }

    boolean hasFailures() {
        return failures != null;
    }

    boolean hasNotProbed() {
        return notProbed != null;
    }

    @Nullable FailureCounts failures(int index) {
        return failures == null ? null : failures[index - first];
    }

    @Nullable NotProbedCounts notProbed(int index) {
        return notProbed == null ? null : notProbed[index - first];
    }

    @Nullable NotProbedStreak streak(int index) {
        return streaks == null ? null : streaks[index - first];
    }

    Outcome.@Nullable Failed latestFailure(int index) {
        return latestFailures == null ? null : latestFailures[index - first];
    }

    /// Absent where they are not wanted.
    @Nullable PagePhases phases() {
        return phases;
    }

    /// Whether a probe is run here and not paused.
    boolean isRunning(int index) {
        return isShown(index - first, false);
    }
}
