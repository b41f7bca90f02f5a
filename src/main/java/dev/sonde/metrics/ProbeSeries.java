package dev.sonde.metrics;

import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.ProbeFigures;

/// The families of series that every scheduled probe has, and what each says of one probe. What is
/// not known has no series.
enum ProbeSeries {
    UP("sonde_probe_up", "gauge", "Whether the target is held to be up") {
        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            if (probes.isDecided(index)) {
                start(probes, index, text).ascii(probes.isUp(index) ? "} 1\n" : "} 0\n");
            }
        }
    },
    LAST_DURATION("sonde_probe_last_duration_seconds", "gauge", "How long the latest run took") {
        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            if (probes.tookNanos(index) != ProbeFigures.UNKNOWN) {
                start(probes, index, text)
                        .ascii("} ")
                        .secondsOfNanos(probes.tookNanos(index))
                        .ascii("\n");
            }
        }
    },
    RTT(
            "sonde_probe_rtt_seconds",
            "gauge",
            "The latest handshake's round trip, as the kernel took it") {
        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            if (probes.rttMicros(index) != ProbeFigures.UNKNOWN) {
                start(probes, index, text)
                        .ascii("} ")
                        .secondsOfMicros(probes.rttMicros(index))
                        .ascii("\n");
            }
        }
    },
    FAILURES("sonde_probe_failures", "counter", "Runs that failed, by reason") {
        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            for (FailureCounts next = probes.failures(index); next != null; next = next.others()) {
                text.ascii("sonde_probe_failures_total");
                probes.writeLabels(index, text);
                text.ascii(",reason=\"")
                        .ascii(next.reason().label())
                        .ascii("\"} ")
                        .number(next.count())
                        .ascii("\n");
            }
        }
    },
    NOT_PROBED(
            "sonde_probe_not_probed",
            "counter",
            "Runs that asked nothing of the target, by reason") {
        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            for (NotProbedCounts next = probes.notProbed(index);
                    next != null;
                    next = next.others()) {
                text.ascii("sonde_probe_not_probed_total");
                probes.writeLabels(index, text);
                text.ascii(",reason=\"")
                        .ascii(next.reason().label())
                        .ascii("\"} ")
                        .number(next.count())
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

    abstract void write(ProbeSamples probes, int index, SeriesText text);

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        String name = type.equals("counter") && !isOpenMetrics ? family + "_total" : family;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(" ").ascii(type).ascii("\n");
    }

    SeriesText start(ProbeSamples probes, int index, SeriesText text) {
        probes.writeLabels(index, text.ascii(family));
        return text;
    }
}
