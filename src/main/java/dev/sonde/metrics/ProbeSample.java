package dev.sonde.metrics;

import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.FailureReason;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeState;
import dev.sonde.schedule.WatchedProbe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the series of one scheduled probe say, read at one go: a probe and its latest result lie
/// scattered over the heap, and going there for each family is what a scrape would mostly cost.
final class ProbeSample {

    static final long ABSENT = -1;

    private final byte[] labels;
    private final ProbeState state;
    private final long tookNanos;
    private final long rttMicros;
    private final Map<FailureReason, Integer> failures;

    private ProbeSample(
            byte[] labels,
            ProbeState state,
            @Nullable AttemptResult last,
            Map<FailureReason, Integer> failures) {
        Long rtt = last == null ? null : last.evidence().rttMicros();
        this.labels = labels;
        this.state = state;
        this.tookNanos = last == null ? ABSENT : last.tookNanos();
        this.rttMicros = rtt == null ? ABSENT : rtt;
        this.failures = failures;
    }

    /// Reads one probe.
    ///
    /// @param scratch an empty text, and empty again afterwards
    static ProbeSample of(WatchedProbe probe, SeriesText scratch) {
        scratch.labels(probe.definition().name(), probe.definition().spec().target());
        ProbeState state = probe.health().state();
        AttemptResult last = state == ProbeState.PAUSED ? null : last(probe);
        return new ProbeSample(scratch.take(), state, last, probe.failures());
    }

    /// `{probe="web",target="127.0.0.1:80"`.
    void writeLabels(SeriesText text) {
        text.ascii(labels);
    }

    ProbeState state() {
        return state;
    }

    /// How long the latest attempt took that says something about the target, or [#ABSENT].
    long tookNanos() {
        return tookNanos;
    }

    /// The same attempt's round trip, or [#ABSENT].
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
                + (tookNanos == ABSENT ? 0 : 1)
                + (rttMicros == ABSENT ? 0 : 1)
                + failures.size();
    }

    private static @Nullable AttemptResult last(WatchedProbe probe) {
        ProbeResult result = probe.last().orElse(null);
        AttemptResult deciding = result == null ? null : result.deciding();
        return deciding == null || deciding.outcome() instanceof Outcome.NotProbed
                ? null
                : deciding;
    }
}
