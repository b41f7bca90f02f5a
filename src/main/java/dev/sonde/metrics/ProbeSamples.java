package dev.sonde.metrics;

import dev.sonde.probe.ProbeState;
import dev.sonde.schedule.FailureCounts;
import dev.sonde.schedule.Roll;
import dev.sonde.schedule.WatchedProbe;
import org.jspecify.annotations.Nullable;

/// What the series of all probes say, read at one go and kept in columns: a probe and what it
/// refers to lie scattered over the heap, and going there for each family of series is what a
/// scrape would mostly cost. For one thread.
final class ProbeSamples {

    /// As many probes as fit into the cache next to the processor.
    private static final int BLOCK = 256;

    private final ProbeLabels labels;

    /// Of one that says nothing now: paused.
    private final ProbeState[] states;

    private final long[] tookNanos;
    private final long[] rttMicros;
    private final @Nullable FailureCounts[] failures;
    private int shown;
    private long dropped;

    private ProbeSamples(ProbeLabels labels) {
        int size = labels.roll().size();
        this.labels = labels;
        this.states = new ProbeState[size];
        this.tookNanos = new long[size];
        this.rttMicros = new long[size];
        this.failures = new FailureCounts[size];
    }

    /// @param mostSeries those of the probes beyond are counted, not shown
    static ProbeSamples take(ProbeLabels labels, int mostSeries) {
        ProbeSamples samples = new ProbeSamples(labels);
        int size = labels.roll().size();
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(size, from + BLOCK);
            samples.takeStates(from, to);
            for (int i = from; i < to; i++) {
                samples.take(i);
            }
        }
        samples.limit(mostSeries);
        return samples;
    }

    /// Nothing but one field of each, so that the processor waits for many probes at once.
    private void takeStates(int from, int to) {
        for (int i = from; i < to; i++) {
            states[i] = labels.roll().get(i).state();
        }
    }

    private void take(int index) {
        Roll roll = labels.roll();
        WatchedProbe probe = roll.get(index);
        // One that was resumed just now has no labels yet.
        boolean isHidden = labels.isEmpty(index) || !roll.isOwned(index);
        boolean isSilent = isHidden || states[index] == ProbeState.PAUSED;
        if (isSilent) {
            states[index] = ProbeState.PAUSED;
        }
        tookNanos[index] = isSilent ? WatchedProbe.UNKNOWN : probe.tookNanos();
        rttMicros[index] = isSilent ? WatchedProbe.UNKNOWN : probe.rttMicros();
        failures[index] = isHidden ? null : probe.failures();
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
                + (tookNanos[index] == WatchedProbe.UNKNOWN ? 0 : 1)
                + (rttMicros[index] == WatchedProbe.UNKNOWN ? 0 : 1)
                + FailureCounts.reasons(failures[index]);
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
    /// [WatchedProbe#UNKNOWN].
    long tookNanos(int index) {
        return tookNanos[index];
    }

    /// The same attempt's round trip, or [WatchedProbe#UNKNOWN].
    long rttMicros(int index) {
        return rttMicros[index];
    }

    @Nullable FailureCounts failures(int index) {
        return failures[index];
    }
}
