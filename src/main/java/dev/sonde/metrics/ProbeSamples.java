package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeFigures;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of all probes' series, read together. The number of series must be known before the
/// first is written. No probe may change between two families. For one thread.
final class ProbeSamples {

    private final SeriesLabels labels;
    private final List<ProbeSeries> families;
    private final Moment now;

    /// Whether no maintenance is active, so no probe has to be checked.
    private final boolean isQuiet;

    /// Absent for a probe that another replica runs: it has no series here.
    private final @Nullable ProbeState[] states;

    private final Map<ProbeSeries, long[]> values = new EnumMap<>(ProbeSeries.class);

    private final @Nullable FailureCounts[] failures;
    private final @Nullable NotProbedCounts[] notProbed;
    private final @Nullable NotProbedStreak[] streaks;
    private final Outcome.@Nullable Failed[] latestFailures;
    private final @Nullable List<PhaseTime>[] phases;
    private int shown;
    private long dropped;

    /// The instant of the samples, and the maintenances.
    record Moment(Instant at, MaintenanceCalendar calendar) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    private ProbeSamples(SeriesLabels labels, Set<ProbeSeries> families, Moment now) {
        int size = labels.figures().size();
        this.labels = labels;
        this.families = families.stream().sorted().toList();
        this.now = now;
        this.isQuiet = now.calendar().isEmpty(now.at());
        this.states = new ProbeState[size];
        for (ProbeSeries family : families) {
            values.put(family, new long[size]);
        }
        this.failures = new FailureCounts[size];
        this.notProbed = new NotProbedCounts[size];
        this.streaks = new NotProbedStreak[size];
        this.latestFailures = new Outcome.Failed[size];
        this.phases = new List[size];
    }

    /// @param mostSeries those of the probes beyond are counted, not shown
    static ProbeSamples take(
            SeriesLabels labels, Set<ProbeSeries> families, int mostSeries, Moment now) {
        ProbeSamples samples = new ProbeSamples(labels, families, now);
        for (int i = 0; i < samples.states.length; i++) {
            samples.take(i);
        }
        samples.limit(mostSeries);
        return samples;
    }

    private void take(int index) {
        ProbeFigures figures = labels.figures();
        ProbeState state = figures.isOwned(index) ? figures.state(index) : null;
        states[index] = state;
        boolean isActive = state != null && state != ProbeState.PAUSED;
        if (state != null) {
            failures[index] = figures.failures(index);
            notProbed[index] = figures.notProbed(index);
        }
        if (isActive) {
            streaks[index] = figures.streak(index);
            latestFailures[index] = figures.latestFailure(index);
            phases[index] = figures.phases(index);
        }
        for (int i = 0; i < families.size(); i++) {
            ProbeSeries family = families.get(i);
            valuesOf(family)[index] =
                    state == null ? ProbeFigures.UNKNOWN : family.value(this, index, isActive);
        }
    }

    private void limit(int mostSeries) {
        long count = 0;
        for (int i = 0; i < states.length; i++) {
            int own = count(i);
            if (dropped == 0 && count + own <= mostSeries) {
                count += own;
                shown = i + 1;
            } else {
                dropped += own;
            }
        }
    }

    /// How many series a probe has in all families.
    private int count(int index) {
        int count = 0;
        for (int i = 0; i < families.size(); i++) {
            count += families.get(i).count(this, index);
        }
        return count;
    }

    /// The families that are wanted, in their order.
    List<ProbeSeries> families() {
        return families;
    }

    /// The probes whose series are shown are those before.
    int shown() {
        return shown;
    }

    /// How many series there are beyond the limit.
    long dropped() {
        return dropped;
    }

    SeriesLabels labels() {
        return labels;
    }

    ProbeFigures figures() {
        return labels.figures();
    }

    /// Of a probe that is not hidden.
    ProbeState state(int index) {
        ProbeState state = states[index];
        if (state == null) {
            throw new IllegalStateException("another replica runs this probe");
        }
        return state;
    }

    /// The value of a family in these samples, or [ProbeFigures#UNKNOWN].
    long value(ProbeSeries family, int index) {
        return valuesOf(family)[index];
    }

    private long[] valuesOf(ProbeSeries family) {
        long[] found = values.get(family);
        if (found == null) {
            throw new IllegalArgumentException(family + " is not wanted");
        }
        return found;
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
        if (isQuiet) {
            return ProbeFigures.UNKNOWN;
        }
        ProbeDefinition probe = figures().definition(index);
        boolean isUnder = now.calendar().isUnder(probe.name(), probe.spec().labels(), now.at());
        return isUnder ? 1 : ProbeFigures.UNKNOWN;
    }

    long notProbedRuns(int index) {
        NotProbedStreak streak = streaks[index];
        return streak == null ? ProbeFigures.UNKNOWN : streak.runs();
    }

    /// The time since the latest run beyond the allowed one, or [ProbeFigures#UNKNOWN].
    long overdueMillis(int index) {
        long planned = figures().plannedMillis(index);
        if (planned == ProbeFigures.UNKNOWN) {
            return ProbeFigures.UNKNOWN;
        }
        long waited = now.at().toEpochMilli() - Math.max(planned, figures().lastRunMillis(index));
        long overdue = waited - labels.patienceMillis(index);
        return overdue > 0 ? overdue : ProbeFigures.UNKNOWN;
    }

    @Nullable FailureCounts failures(int index) {
        return failures[index];
    }

    @Nullable NotProbedCounts notProbed(int index) {
        return notProbed[index];
    }

    @Nullable NotProbedStreak streak(int index) {
        return streaks[index];
    }

    Outcome.@Nullable Failed latestFailure(int index) {
        return latestFailures[index];
    }

    @Nullable List<PhaseTime> phases(int index) {
        return phases[index];
    }
}
