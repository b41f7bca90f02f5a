package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.Phase;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeFigures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The families of series of a scheduled probe, and the value of each. An unknown value has no
/// series. The constants' names are the words of `sonde.metrics.probe-families`.
enum ProbeSeries {
    UP("sonde_probe_up", "Whether the target is held to be up", SeriesForm.NUMBER, SamplePage::up),
    /// One series, of the state that holds now.
    STATE(
            "sonde_probe_state",
            "1 for the state that the probe is in",
            SeriesForm.NUMBER,
            (_, _) -> 1) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            text.ascii(FixedLabels.STATE.of(page.state(index)));
        }
    },
    IN_MAINTENANCE(
            "sonde_probe_in_maintenance",
            "1 for a probe under maintenance",
            SeriesForm.NUMBER,
            SamplePage::inMaintenance),
    LAST_DURATION(
            "sonde_probe_last_duration_seconds",
            "How long the latest run took",
            SeriesForm.NANOS,
            (page, index) -> page.figures().tookNanos(index)),
    RTT(
            "sonde_probe_rtt_seconds",
            "The latest handshake's round trip, as the kernel took it",
            SeriesForm.MICROS,
            (page, index) -> page.figures().rttMicros(index)),
    FAILURES("sonde_probe_failures_total", "Runs that failed, by reason") {
        @Override
        int count(SamplePage page, int index) {
            return FailureCounts.reasons(page.failures(index));
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            for (FailureCounts next = page.failures(index); next != null; next = next.others()) {
                start(page, index, text).ascii(FixedLabels.FAILURE.of(next.reason()));
                end(text, next.count());
            }
        }
    },
    NOT_PROBED("sonde_probe_not_probed_total", "Runs that asked nothing of the target, by reason") {
        @Override
        int count(SamplePage page, int index) {
            return NotProbedCounts.reasons(page.notProbed(index));
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            NotProbedCounts next = page.notProbed(index);
            while (next != null) {
                start(page, index, text).ascii(FixedLabels.NOT_PROBED.of(next.reason()));
                end(text, next.count());
                next = next.others();
            }
        }
    },
    NOT_PROBED_RUNS(
            "sonde_probe_not_probed_runs",
            "Latest runs in a row that asked nothing of the target",
            SeriesForm.NUMBER,
            SamplePage::notProbedRuns) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            NotProbedStreak streak = page.streak(index);
            if (streak != null) {
                text.ascii(FixedLabels.NOT_PROBED.of(streak.reason()));
            }
        }
    },
    FAILURE_INFO(
            "sonde_probe_failure_info",
            "Why the latest run failed, and in which phase",
            SeriesForm.NUMBER,
            (page, index) -> page.latestFailure(index) == null ? ProbeFigures.UNKNOWN : 1) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            Outcome.Failed failed = page.latestFailure(index);
            if (failed != null) {
                text.ascii(FixedLabels.FAILURE.of(failed.reason()))
                        .ascii(FixedLabels.PHASE.of(failed.phase()));
            }
        }
    },
    /// The value is that of the runs that succeeded. Those that were not probed have a series once
    /// there is one.
    RUNS(
            "sonde_probe_runs_total",
            "Runs that ended, by outcome",
            SeriesForm.NUMBER,
            (page, index) -> page.figures().successes(index)) {
        @Override
        int count(SamplePage page, int index) {
            int others = page.notProbed(index) == null ? 1 : 2;
            return super.count(page, index) * (1 + others);
        }

        @Override
        void more(SamplePage page, int index, SeriesText text) {
            text.ascii(FixedLabels.SUCCEEDED);
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            super.write(page, index, text);
            int series = count(page, index);
            if (series > 1) {
                start(page, index, text).ascii(FixedLabels.FAILED);
                end(text, FailureCounts.runs(page.failures(index)));
            }
            if (series > 2) {
                start(page, index, text).ascii(FixedLabels.WITHOUT_PROBE);
                end(text, NotProbedCounts.runs(page.notProbed(index)));
            }
        }
    },
    INFO(
            "sonde_probe_info",
            "1 for each probe, with its labels that are chosen",
            SeriesForm.NUMBER,
            (_, _) -> 1) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            page.labels().writeChosen(index, text);
        }
    },
    STATE_SINCE(
            "sonde_probe_state_since_timestamp_seconds",
            "When the probe entered its state",
            SeriesForm.MILLIS,
            (page, index) -> page.figures().sinceMillis(index)) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            text.ascii(FixedLabels.STATE.of(page.state(index)));
        }
    },
    LAST_RUN(
            "sonde_probe_last_run_timestamp_seconds",
            "When the latest run started",
            SeriesForm.MILLIS,
            (page, index) -> page.figures().lastRunMillis(index)),
    OVERDUE(
            "sonde_probe_overdue_seconds",
            "For how long the next run has been missing, where it is",
            SeriesForm.MILLIS,
            SamplePage::overdueMillis),
    CERTIFICATE(
            "sonde_probe_certificate_not_after_timestamp_seconds",
            "When the certificates that the target presented last stop being good",
            SeriesForm.NUMBER,
            (page, index) -> page.figures().certificateEndSeconds(index)),
    PHASES("sonde_probe_phase_seconds", "How long each phase of the latest run took") {
        @Override
        int count(SamplePage page, int index) {
            if (page.connectNanos(index) != ProbeFigures.UNKNOWN) {
                return 2;
            }
            List<PhaseTime> phases = page.phases(index);
            return phases == null ? 0 : phases.size();
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            if (page.connectNanos(index) != ProbeFigures.UNKNOWN) {
                write(page, index, text, Phase.QUEUE, page.queueNanos(index));
                write(page, index, text, Phase.CONNECT, page.connectNanos(index));
                return;
            }
            List<PhaseTime> phases = page.phases(index);
            for (int i = 0; phases != null && i < phases.size(); i++) {
                PhaseTime phase = phases.get(i);
                write(page, index, text, phase.phase(), phase.tookNanos());
            }
        }

        private void write(SamplePage page, int index, SeriesText text, Phase phase, long nanos) {
            start(page, index, text).ascii(FixedLabels.PHASE.of(phase)).ascii("} ");
            text.secondsOfNanos(nanos).ascii("\n");
        }
    },
    SYN_RETRANSMITS(
            "sonde_probe_syn_retransmits_total",
            "SYNs that the probe's runs had to repeat",
            SeriesForm.NUMBER,
            (page, index) -> page.figures().synRetransmits(index));

    private static final String TOTAL = "_total";

    private final String metric;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] start;

    private final String help;
    private final SeriesForm form;
    private final boolean isCounter;

    /// Absent for a family that writes its series itself.
    @SuppressWarnings("ImmutableEnumChecker") // its lambdas capture nothing
    private final @Nullable Reading reading;

    /// The one value that a family has of a probe now, or [ProbeFigures#UNKNOWN].
    interface Reading {
        long of(SamplePage page, int index);
    }

    /// One that writes its series itself.
    ProbeSeries(String metric, String help) {
        this(metric, help, SeriesForm.NUMBER, null);
    }

    ProbeSeries(String metric, String help, SeriesForm form, @Nullable Reading reading) {
        this.metric = metric;
        this.start = metric.getBytes(StandardCharsets.US_ASCII);
        this.help = help;
        this.form = form;
        this.reading = reading;
        this.isCounter = metric.endsWith(TOTAL);
    }

    boolean isKeptWhilePaused() {
        return switch (this) {
            case INFO, STATE, STATE_SINCE, IN_MAINTENANCE -> true;
            default -> isCounter;
        };
    }

    /// Whether a probe has one series, or none where the value is unknown.
    private boolean isSingle() {
        return switch (this) {
            case FAILURES, NOT_PROBED, RUNS, PHASES -> false;
            default -> true;
        };
    }

    @Nullable Reading reading() {
        return reading;
    }

    /// Its place among all families, in the memory of one scrape only.
    @SuppressWarnings("EnumOrdinal")
    int number() {
        return ordinal();
    }

    /// The name of its series.
    String metric() {
        return metric;
    }

    /// Labels after the probe's own.
    void more(SamplePage page, int index, SeriesText text) {}

    /// How many series a probe has.
    int count(SamplePage page, int index) {
        return page.value(this, index) == ProbeFigures.UNKNOWN ? 0 : 1;
    }

    /// How many series all probes of a page have.
    ///
    /// @param known how many probes have a value
    int countAll(SamplePage page, int known) {
        if (isSingle()) {
            return known;
        }
        int count = 0;
        for (int i = page.first(); i < page.end(); i++) {
            count += count(page, i);
        }
        return count;
    }

    void write(SamplePage page, int index, SeriesText text) {
        long value = page.value(this, index);
        if (value != ProbeFigures.UNKNOWN) {
            more(page, index, start(page, index, text));
            end(text, value);
        }
    }

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        boolean isShort = isOpenMetrics && isCounter;
        String name = isShort ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(isCounter ? " counter\n" : " gauge\n");
    }

    SeriesText start(SamplePage page, int index, SeriesText text) {
        page.labels().write(index, text.ascii(start, 0, start.length));
        return text;
    }

    void end(SeriesText text, long value) {
        form.write(value, text.ascii("} ")).ascii("\n");
    }
}
