package dev.sonde.metrics;

import dev.sonde.probe.FailureReason;
import dev.sonde.probe.ProbeState;
import dev.sonde.schedule.WatchedProbe;
import java.util.Map;

/// The families of series that every scheduled probe has, and what each says of one probe. What is
/// not known has no series.
enum ProbeSeries {
    UP("sonde_probe_up", "gauge", "Whether the target is held to be up") {
        @Override
        void write(ProbeSample probe, SeriesText text) {
            if (probe.isDecided()) {
                start(probe, text).ascii(probe.state() == ProbeState.UP ? "} 1\n" : "} 0\n");
            }
        }
    },
    LAST_DURATION("sonde_probe_last_duration_seconds", "gauge", "How long the latest run took") {
        @Override
        void write(ProbeSample probe, SeriesText text) {
            if (probe.tookNanos() != WatchedProbe.UNKNOWN) {
                start(probe, text).ascii("} ").seconds(probe.tookNanos()).ascii("\n");
            }
        }
    },
    RTT(
            "sonde_probe_rtt_seconds",
            "gauge",
            "The latest handshake's round trip, as the kernel took it") {
        @Override
        void write(ProbeSample probe, SeriesText text) {
            if (probe.rttMicros() != WatchedProbe.UNKNOWN) {
                start(probe, text).ascii("} ").seconds(probe.rttMicros() * 1_000).ascii("\n");
            }
        }
    },
    FAILURES("sonde_probe_failures", "counter", "Runs that failed, by reason") {
        @Override
        void write(ProbeSample probe, SeriesText text) {
            for (Map.Entry<FailureReason, Integer> failure : probe.failures().entrySet()) {
                text.ascii("sonde_probe_failures_total");
                probe.writeLabels(text);
                text.ascii(",reason=\"")
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

    abstract void write(ProbeSample probe, SeriesText text);

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        String name = this == FAILURES && !isOpenMetrics ? family + "_total" : family;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(" ").ascii(type).ascii("\n");
    }

    SeriesText start(ProbeSample probe, SeriesText text) {
        probe.writeLabels(text.ascii(family));
        return text;
    }
}
