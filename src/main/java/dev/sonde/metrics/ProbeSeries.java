package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.List;

/// The families of series of a scheduled probe, and the value of each. An unknown value has no
/// series. The constants' names are the words of `sonde.metrics.probe-families`.
enum ProbeSeries {
    UP(
            "sonde_probe_up",
            "Whether the target is held to be up",
            SeriesForm.NUMBER,
            ProbeSamples::up),
    /// One series, of the state that holds now.
    STATE(
            "sonde_probe_state",
            "1 for the state that the probe is in",
            SeriesForm.NUMBER,
            (_, _) -> 1) {
        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            text.label("state", probes.state(index).label());
        }
    },
    IN_MAINTENANCE(
            "sonde_probe_in_maintenance",
            "1 for a probe under maintenance",
            SeriesForm.NUMBER,
            ProbeSamples::inMaintenance),
    LAST_DURATION(
            "sonde_probe_last_duration_seconds",
            "How long the latest run took",
            SeriesForm.NANOS,
            (probes, index) -> probes.figures().tookNanos(index)),
    RTT(
            "sonde_probe_rtt_seconds",
            "The latest handshake's round trip, as the kernel took it",
            SeriesForm.MICROS,
            (probes, index) -> probes.figures().rttMicros(index)),
    FAILURES("sonde_probe_failures_total", "Runs that failed, by reason") {
        @Override
        int count(ProbeSamples probes, int index) {
            return FailureCounts.reasons(probes.failures(index));
        }

        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            for (FailureCounts next = probes.failures(index); next != null; next = next.others()) {
                start(probes, index, text).label("reason", next.reason().label());
                end(text, next.count());
            }
        }
    },
    NOT_PROBED("sonde_probe_not_probed_total", "Runs that asked nothing of the target, by reason") {
        @Override
        int count(ProbeSamples probes, int index) {
            return NotProbedCounts.reasons(probes.notProbed(index));
        }

        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            NotProbedCounts next = probes.notProbed(index);
            while (next != null) {
                start(probes, index, text).label("reason", next.reason().label());
                end(text, next.count());
                next = next.others();
            }
        }
    },
    NOT_PROBED_RUNS(
            "sonde_probe_not_probed_runs",
            "Latest runs in a row that asked nothing of the target",
            SeriesForm.NUMBER,
            ProbeSamples::notProbedRuns) {
        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            NotProbedStreak streak = probes.streak(index);
            if (streak != null) {
                text.label("reason", streak.reason().label());
            }
        }
    },
    FAILURE_INFO(
            "sonde_probe_failure_info",
            "Why the latest run failed, and in which phase",
            SeriesForm.NUMBER,
            (probes, index) -> probes.latestFailure(index) == null ? ProbeFigures.UNKNOWN : 1) {
        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            Outcome.Failed failed = probes.latestFailure(index);
            if (failed != null) {
                text.label("reason", failed.reason().label())
                        .label("phase", failed.phase().label());
            }
        }
    },
    /// The value is that of the runs that succeeded. Those that were not probed have a series once
    /// there is one.
    RUNS(
            "sonde_probe_runs_total",
            "Runs that ended, by outcome",
            SeriesForm.NUMBER,
            (probes, index) -> probes.figures().successes(index)) {
        @Override
        int count(ProbeSamples probes, int index) {
            int others = probes.notProbed(index) == null ? 1 : 2;
            return super.count(probes, index) * (1 + others);
        }

        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            text.label("outcome", Outcome.SUCCEEDED);
        }

        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            super.write(probes, index, text);
            int series = count(probes, index);
            if (series > 1) {
                start(probes, index, text).label("outcome", Outcome.FAILED);
                end(text, FailureCounts.runs(probes.failures(index)));
            }
            if (series > 2) {
                start(probes, index, text).label("outcome", Outcome.NOT_PROBED);
                end(text, NotProbedCounts.runs(probes.notProbed(index)));
            }
        }
    },
    INFO(
            "sonde_probe_info",
            "1 for each probe, with its labels that are chosen",
            SeriesForm.NUMBER,
            (_, _) -> 1) {
        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            probes.labels().writeChosen(index, text);
        }
    },
    STATE_SINCE(
            "sonde_probe_state_since_timestamp_seconds",
            "When the probe entered its state",
            SeriesForm.MILLIS,
            (probes, index) -> probes.figures().sinceMillis(index)) {
        @Override
        void more(ProbeSamples probes, int index, SeriesText text) {
            text.label("state", probes.state(index).label());
        }
    },
    LAST_RUN(
            "sonde_probe_last_run_timestamp_seconds",
            "When the latest run started",
            SeriesForm.MILLIS,
            (probes, index) -> probes.figures().lastRunMillis(index)),
    OVERDUE(
            "sonde_probe_overdue_seconds",
            "For how long the next run has been missing, where it is",
            SeriesForm.MILLIS,
            ProbeSamples::overdueMillis),
    CERTIFICATE(
            "sonde_probe_certificate_not_after_timestamp_seconds",
            "When the certificates that the target presented last stop being good",
            SeriesForm.NUMBER,
            (probes, index) -> probes.figures().certificateEndSeconds(index)),
    PHASES("sonde_probe_phase_seconds", "How long each phase of the latest run took") {
        @Override
        int count(ProbeSamples probes, int index) {
            List<PhaseTime> phases = probes.phases(index);
            return phases == null ? 0 : phases.size();
        }

        @Override
        void write(ProbeSamples probes, int index, SeriesText text) {
            List<PhaseTime> phases = probes.phases(index);
            for (int i = 0; phases != null && i < phases.size(); i++) {
                PhaseTime phase = phases.get(i);
                start(probes, index, text).label("phase", phase.phase().label()).ascii("} ");
                text.secondsOfNanos(phase.tookNanos()).ascii("\n");
            }
        }
    },
    SYN_RETRANSMITS(
            "sonde_probe_syn_retransmits_total",
            "SYNs that the probe's runs had to repeat",
            SeriesForm.NUMBER,
            (probes, index) -> probes.figures().synRetransmits(index));

    private static final String TOTAL = "_total";

    private final String metric;
    private final String help;
    private final SeriesForm form;

    @SuppressWarnings("ImmutableEnumChecker") // its lambdas capture nothing
    private final Reading reading;

    /// The one value that a family has of a probe now, or [ProbeFigures#UNKNOWN].
    private interface Reading {
        long of(ProbeSamples probes, int index);
    }

    /// One whose series are written by itself.
    ProbeSeries(String metric, String help) {
        this(metric, help, SeriesForm.NUMBER, (_, _) -> ProbeFigures.UNKNOWN);
    }

    ProbeSeries(String metric, String help, SeriesForm form, Reading reading) {
        this.metric = metric;
        this.help = help;
        this.form = form;
        this.reading = reading;
    }

    /// The values of a probe that is not hidden.
    ///
    /// @param isActive whether it is not paused
    long value(ProbeSamples probes, int index, boolean isActive) {
        return isActive || isKeptWhilePaused() ? reading.of(probes, index) : ProbeFigures.UNKNOWN;
    }

    private boolean isKeptWhilePaused() {
        return isCounter()
                || this == INFO
                || this == STATE
                || this == STATE_SINCE
                || this == IN_MAINTENANCE;
    }

    private boolean isCounter() {
        return metric.endsWith(TOTAL);
    }

    /// The name of its series.
    String metric() {
        return metric;
    }

    /// Labels after the probe's own.
    void more(ProbeSamples probes, int index, SeriesText text) {}

    /// How many series a probe has.
    int count(ProbeSamples probes, int index) {
        return probes.value(this, index) == ProbeFigures.UNKNOWN ? 0 : 1;
    }

    void write(ProbeSamples probes, int index, SeriesText text) {
        long value = probes.value(this, index);
        if (value != ProbeFigures.UNKNOWN) {
            more(probes, index, start(probes, index, text));
            end(text, value);
        }
    }

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        boolean isShort = isOpenMetrics && isCounter();
        String name = isShort ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(isCounter() ? " counter\n" : " gauge\n");
    }

    SeriesText start(ProbeSamples probes, int index, SeriesText text) {
        probes.labels().write(index, text.ascii(metric));
        return text;
    }

    void end(SeriesText text, long value) {
        form.write(value, text.ascii("} ")).ascii("\n");
    }
}
