package dev.sonde.metrics;

import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.FailureReason;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeState;
import dev.sonde.schedule.WatchedProbe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The families of series that every scheduled probe has, and what each says of one probe. What is
/// not known has no series.
enum ProbeSeries {
    UP("sonde_probe_up", "gauge", "Whether the target is held to be up") {
        @Override
        void write(WatchedProbe probe, SeriesText text) {
            ProbeState state = probe.health().state();
            if (state == ProbeState.UP || state == ProbeState.DOWN) {
                start(probe, text).ascii(state == ProbeState.UP ? "} 1\n" : "} 0\n");
            }
        }
    },
    LAST_DURATION("sonde_probe_last_duration_seconds", "gauge", "How long the latest run took") {
        @Override
        void write(WatchedProbe probe, SeriesText text) {
            AttemptResult last = last(probe);
            if (last != null) {
                start(probe, text).ascii("} ").seconds(last.tookNanos()).ascii("\n");
            }
        }
    },
    RTT(
            "sonde_probe_rtt_seconds",
            "gauge",
            "The latest handshake's round trip, as the kernel took it") {
        @Override
        void write(WatchedProbe probe, SeriesText text) {
            AttemptResult last = last(probe);
            Long rttMicros = last == null ? null : last.evidence().rttMicros();
            if (rttMicros != null) {
                start(probe, text).ascii("} ").seconds(rttMicros * 1_000).ascii("\n");
            }
        }
    },
    FAILURES("sonde_probe_failures", "counter", "Runs that failed, by reason") {
        @Override
        void write(WatchedProbe probe, SeriesText text) {
            for (Map.Entry<FailureReason, Integer> failure : probe.failures().entrySet()) {
                text.ascii("sonde_probe_failures_total");
                text.labels(probe.definition().name(), probe.definition().spec().target())
                        .ascii(",reason=\"")
                        .ascii(failure.getKey().label())
                        .ascii("\"} ")
                        .number(failure.getValue())
                        .ascii("\n");
            }
        }
    };

    private final String family;
    private final String type;
    private final String help;

    ProbeSeries(String family, String type, String help) {
        this.family = family;
        this.type = type;
        this.help = help;
    }

    abstract void write(WatchedProbe probe, SeriesText text);

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        String name = this == FAILURES && !isOpenMetrics ? family + "_total" : family;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(" ").ascii(type).ascii("\n");
    }

    /// How many series a probe has in all families.
    static int count(WatchedProbe probe) {
        AttemptResult last = last(probe);
        ProbeState state = probe.health().state();
        int count = state == ProbeState.UP || state == ProbeState.DOWN ? 1 : 0;
        if (last != null) {
            count += last.evidence().rttMicros() == null ? 1 : 2;
        }
        return count + probe.failures().size();
    }

    SeriesText start(WatchedProbe probe, SeriesText text) {
        return text.ascii(family)
                .labels(probe.definition().name(), probe.definition().spec().target());
    }

    /// The latest attempt that says something about the target; none of a probe that rests.
    private static @Nullable AttemptResult last(WatchedProbe probe) {
        ProbeResult result = probe.last().orElse(null);
        if (result == null || probe.health().state() == ProbeState.PAUSED) {
            return null;
        }
        AttemptResult deciding = result.deciding();
        return deciding.outcome() instanceof Outcome.NotProbed ? null : deciding;
    }
}
