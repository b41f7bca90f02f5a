package dev.sonde.metrics;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.ProbeFigures;
import org.jspecify.annotations.Nullable;

/// What the series of all probes say, read at one go: how many series there are must be known
/// before the first is written, and no probe may change between two families. For one thread.
final class ProbeSamples {

    private final SeriesLabels labels;

    /// Of one that says nothing now: paused.
    private final ProbeState[] states;

    private final long[] tookNanos;
    private final long[] rttMicros;
    private final @Nullable FailureCounts[] failures;
    private final @Nullable NotProbedCounts[] notProbed;
    private int shown;
    private long dropped;

    private ProbeSamples(SeriesLabels labels) {
        int size = labels.roll().size();
        this.labels = labels;
        this.states = new ProbeState[size];
        this.tookNanos = new long[size];
        this.rttMicros = new long[size];
        this.failures = new FailureCounts[size];
        this.notProbed = new NotProbedCounts[size];
    }

    /// @param mostSeries those of the probes beyond are counted, not shown
    static ProbeSamples take(SeriesLabels labels, int mostSeries) {
        ProbeSamples samples = new ProbeSamples(labels);
        for (int i = 0; i < samples.states.length; i++) {
            samples.take(i);
        }
        samples.limit(mostSeries);
        return samples;
    }

    private void take(int index) {
        ProbeFigures roll = labels.roll();
        // One that was resumed just now has no labels yet.
        boolean isHidden = labels.isEmpty(index) || !roll.isOwned(index);
        ProbeState state = isHidden ? ProbeState.PAUSED : roll.state(index);
        boolean isSilent = state == ProbeState.PAUSED;
        states[index] = state;
        tookNanos[index] = isSilent ? ProbeFigures.UNKNOWN : roll.tookNanos(index);
        rttMicros[index] = isSilent ? ProbeFigures.UNKNOWN : roll.rttMicros(index);
        failures[index] = isHidden ? null : roll.failures(index);
        notProbed[index] = isHidden ? null : roll.notProbed(index);
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
        return (isDecided(index) ? 1 : 0)
                + (tookNanos[index] == ProbeFigures.UNKNOWN ? 0 : 1)
                + (rttMicros[index] == ProbeFigures.UNKNOWN ? 0 : 1)
                + FailureCounts.reasons(failures[index])
                + NotProbedCounts.reasons(notProbed[index]);
    }

    /// The probes whose series are shown are those before.
    int shown() {
        return shown;
    }

    /// How many series there are beyond the limit.
    long dropped() {
        return dropped;
    }

    void writeLabels(int index, SeriesText text) {
        labels.write(index, text);
    }

    boolean isDecided(int index) {
        return states[index] == ProbeState.UP || states[index] == ProbeState.DOWN;
    }

    boolean isUp(int index) {
        return states[index] == ProbeState.UP;
    }

    /// How long the latest attempt took that says something about the target, or
    /// [ProbeFigures#UNKNOWN].
    long tookNanos(int index) {
        return tookNanos[index];
    }

    /// The same attempt's round trip, or [ProbeFigures#UNKNOWN].
    long rttMicros(int index) {
        return rttMicros[index];
    }

    @Nullable FailureCounts failures(int index) {
        return failures[index];
    }

    @Nullable NotProbedCounts notProbed(int index) {
        return notProbed[index];
    }
}
