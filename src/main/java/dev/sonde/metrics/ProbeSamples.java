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

    private static final byte UNDECIDED = -1;

    private final ProbeLabels labels;
    private final byte[] up;
    private final long[] tookNanos;
    private final long[] rttMicros;
    private final @Nullable FailureCounts[] failures;
    private int shown;
    private long dropped;

    private ProbeSamples(ProbeLabels labels) {
        int size = labels.roll().size();
        this.labels = labels;
        this.up = new byte[size];
        this.tookNanos = new long[size];
        this.rttMicros = new long[size];
        this.failures = new FailureCounts[size];
    }

    /// @param mostSeries those of the probes beyond are counted, not shown
    static ProbeSamples take(ProbeLabels labels, int mostSeries) {
        ProbeSamples samples = new ProbeSamples(labels);
        Roll roll = labels.roll();
        long count = 0;
        for (int i = 0; i < roll.size(); i++) {
            samples.take(i, roll);
            int own = samples.count(i);
            if (samples.dropped == 0 && count + own <= mostSeries) {
                count += own;
                samples.shown = i + 1;
            } else {
                samples.dropped += own;
            }
        }
        return samples;
    }

    private void take(int index, Roll roll) {
        WatchedProbe probe = roll.get(index);
        ProbeState state = probe.state();
        // One that was resumed just now has no labels yet.
        boolean isHidden = labels.isEmpty(index) || !roll.isOwned(index);
        boolean isSilent = isHidden || state == ProbeState.PAUSED;
        up[index] = isSilent ? UNDECIDED : decided(state);
        tookNanos[index] = isSilent ? WatchedProbe.UNKNOWN : probe.tookNanos();
        rttMicros[index] = isSilent ? WatchedProbe.UNKNOWN : probe.rttMicros();
        failures[index] = isHidden ? null : probe.failures();
    }

    private static byte decided(ProbeState state) {
        return switch (state) {
            case UP -> 1;
            case DOWN -> 0;
            case PENDING, PAUSED -> UNDECIDED;
        };
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
        return up[index] != UNDECIDED;
    }

    boolean isUp(int index) {
        return up[index] == 1;
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
