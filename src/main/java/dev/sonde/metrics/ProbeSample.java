package dev.sonde.metrics;

import dev.sonde.probe.FailureReason;
import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeState;
import dev.sonde.schedule.WatchedProbe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the series of one scheduled probe say, read at one go: a probe and what it refers to lie
/// scattered over the heap, and going there for each family is what a scrape would mostly cost.
final class ProbeSample {

    private static final byte[] NO_LABELS = {};

    private final WatchedProbe probe;
    private final ProbeDefinition definition;
    private final ProbeState state;
    private final long tookNanos;
    private final long rttMicros;
    private final Map<FailureReason, Integer> failures;

    /// Set once, before the sample is written or seen by another thread.
    private byte[] labels = NO_LABELS;

    /// Reads one probe. What is to be written needs labels as well.
    ProbeSample(WatchedProbe probe) {
        this.probe = probe;
        this.definition = probe.definition();
        this.state = probe.state();
        boolean isPaused = state == ProbeState.PAUSED;
        this.tookNanos = isPaused ? WatchedProbe.UNKNOWN : probe.tookNanos();
        this.rttMicros = isPaused ? WatchedProbe.UNKNOWN : probe.rttMicros();
        this.failures = probe.failures();
    }

    /// Takes the labels of an earlier sample of the same probe, unless it has been changed since.
    ///
    /// @param scratch an empty text, and empty again afterwards
    void label(@Nullable ProbeSample earlier, SeriesText scratch) {
        if (earlier != null && earlier.definition.equals(definition)) {
            labels = earlier.labels;
        } else {
            labels = scratch.labels(definition.name(), definition.spec().target()).take();
        }
    }

    boolean isOf(WatchedProbe other) {
        return probe.equals(other);
    }

    /// Whether its probe comes before another in the order of names.
    boolean isBefore(WatchedProbe other) {
        return definition.name().compareTo(other.definition().name()) < 0;
    }

    /// `{probe="web",target="127.0.0.1:80"`.
    void writeLabels(SeriesText text) {
        text.ascii(labels);
    }

    ProbeState state() {
        return state;
    }

    /// How long the latest attempt took that says something about the target, or
    /// [WatchedProbe#UNKNOWN].
    long tookNanos() {
        return tookNanos;
    }

    /// The same attempt's round trip, or [WatchedProbe#UNKNOWN].
    long rttMicros() {
        return rttMicros;
    }

    /// Not to be changed.
    Map<FailureReason, Integer> failures() {
        return failures;
    }

    boolean isDecided() {
        return state == ProbeState.UP || state == ProbeState.DOWN;
    }

    /// How many series it has in all families.
    int count() {
        return (isDecided() ? 1 : 0)
                + (tookNanos == WatchedProbe.UNKNOWN ? 0 : 1)
                + (rttMicros == WatchedProbe.UNKNOWN ? 0 : 1)
                + failures.size();
    }
}
