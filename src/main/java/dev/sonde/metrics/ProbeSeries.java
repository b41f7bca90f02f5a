package dev.sonde.metrics;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.Figure;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeFigures;
import org.jspecify.annotations.Nullable;

/// The families of series of a scheduled probe, and the value of each. An unknown value has no
/// series. The constants' names are the words of `sonde.metrics.probe-families`.
enum ProbeSeries {
    UP(
            "sonde_probe_up",
            "Whether the target is held to be up",
            SeriesForm.NUMBER,
            SamplePage::readUp),
    /// One series, of the state that holds now.
    STATE(
            "sonde_probe_state",
            "1 for the state that the probe is in",
            SeriesForm.NUMBER,
            SamplePage::readOnes) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            text.ascii(FixedLabels.STATE.of(page.state(index)));
        }
    },
    IN_MAINTENANCE(
            "sonde_probe_in_maintenance",
            "1 for a probe under maintenance",
            SeriesForm.NUMBER,
            SamplePage::readInMaintenance),
    LAST_DURATION(
            "sonde_probe_last_duration_seconds",
            "How long the latest run took",
            SeriesForm.NANOS,
            (page, into) -> page.read(Figure.TOOK_NANOS, into)),
    RTT(
            "sonde_probe_rtt_seconds",
            "The latest handshake's round trip, as the kernel took it",
            SeriesForm.MICROS,
            (page, into) -> page.read(Figure.RTT_MICROS, into)),
    FAILURES("sonde_probe_failures_total", "Runs that failed, by reason") {
        @Override
        int count(SamplePage page, int index) {
            return FailureCounts.reasons(page.failures(index));
        }

        @Override
        int countAll(SamplePage page, int known) {
            return page.hasFailures() ? page.count(this) : 0;
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
        int countAll(SamplePage page, int known) {
            return page.hasNotProbed() ? page.count(this) : 0;
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
            SamplePage::readNotProbedRuns) {
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
            SamplePage::readFailed) {
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
            (page, into) -> page.read(Figure.SUCCESSES, into)) {
        @Override
        int count(SamplePage page, int index) {
            int others = page.notProbed(index) == null ? 1 : 2;
            return super.count(page, index) * (1 + others);
        }

        @Override
        int countAll(SamplePage page, int known) {
            return page.hasNotProbed() ? page.count(this) : 2 * known;
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            long successes = page.value(this, index);
            if (successes == ProbeFigures.UNKNOWN) {
                return;
            }
            end(start(page, index, text).ascii(FixedLabels.SUCCEEDED), successes);
            long failures = FailureCounts.runs(page.failures(index));
            end(start(page, index, text).ascii(FixedLabels.FAILED), failures);
            NotProbedCounts notProbed = page.notProbed(index);
            if (notProbed != null) {
                start(page, index, text).ascii(FixedLabels.WITHOUT_PROBE);
                end(text, NotProbedCounts.runs(notProbed));
            }
        }
    },
    INFO(
            "sonde_probe_info",
            "1 for each probe, with its labels that are chosen",
            SeriesForm.NUMBER,
            SamplePage::readOnes) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            page.labels().writeChosen(index, text);
        }
    },
    STATE_SINCE(
            "sonde_probe_state_since_timestamp_seconds",
            "When the probe entered its state",
            SeriesForm.MILLIS,
            (page, into) -> page.read(Figure.SINCE_MILLIS, into)) {
        @Override
        void more(SamplePage page, int index, SeriesText text) {
            text.ascii(FixedLabels.STATE.of(page.state(index)));
        }
    },
    LAST_RUN(
            "sonde_probe_last_run_timestamp_seconds",
            "When the latest run started",
            SeriesForm.MILLIS,
            (page, into) -> page.read(Figure.LAST_RUN_MILLIS, into)),
    OVERDUE(
            "sonde_probe_overdue_seconds",
            "For how long the next run has been missing, where it is",
            SeriesForm.MILLIS,
            SamplePage::readOverdueMillis),
    CERTIFICATE(
            "sonde_probe_certificate_not_after_timestamp_seconds",
            "When the certificates that the target presented last stop being good",
            SeriesForm.NUMBER,
            (page, into) -> page.read(Figure.CERTIFICATE_END_SECONDS, into)),
    PHASES(
            "sonde_probe_phase_seconds",
            "How long each phase of the latest run took",
            SeriesForm.NANOS,
            null) {
        @Override
        int count(SamplePage page, int index) {
            PagePhases phases = page.phases();
            return phases == null ? 0 : phases.count(index - page.first());
        }

        @Override
        int countAll(SamplePage page, int known) {
            return page.count(this);
        }

        @Override
        void write(SamplePage page, int index, SeriesText text) {
            int at = index - page.first();
            PagePhases phases = page.phases();
            for (int i = 0; phases != null && i < phases.count(at); i++) {
                start(page, index, text).ascii(FixedLabels.PHASE.of(phases.phase(at, i)));
                end(text, phases.nanos(at, i));
            }
        }
    },
    SYN_RETRANSMITS(
            "sonde_probe_syn_retransmits_total",
            "SYNs that the probe's runs had to repeat",
            SeriesForm.NUMBER,
            (page, into) -> page.read(Figure.SYN_RETRANSMITS, into));

    private static final String TOTAL = "_total";

    private final String metric;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final AsciiText start;

    private final String help;
    private final SeriesForm form;
    private final boolean isCounter;

    /// Absent for a family that writes its series itself.
    @SuppressWarnings("ImmutableEnumChecker") // its lambdas capture nothing
    private final @Nullable Reading reading;

    /// The one value that a family has of each probe of a page now, or [ProbeFigures#UNKNOWN].
    /// Values of hidden probes are dropped later.
    interface Reading {

        /// Reads all of them.
        ///
        /// @return false where no probe has a value; nothing is read then
        boolean read(SamplePage page, long[] into);
    }

    /// One that writes its series itself.
    ProbeSeries(String metric, String help) {
        this(metric, help, SeriesForm.NUMBER, null);
    }

    ProbeSeries(String metric, String help, SeriesForm form, @Nullable Reading reading) {
        this.metric = metric;
        this.start = AsciiText.of(metric);
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
        return known;
    }

    /// Writes the series of a probe in a family that may have several of each.
    void write(SamplePage page, int index, SeriesText text) {
        throw new UnsupportedOperationException(name());
    }

    /// @param isOpenMetrics whether a counter's family has no `_total` in its name
    void writeHeader(SeriesText text, boolean isOpenMetrics) {
        boolean isShort = isOpenMetrics && isCounter;
        String name = isShort ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
        text.ascii("# HELP ").ascii(name).ascii(" ").ascii(help).ascii("\n");
        text.ascii("# TYPE ").ascii(name).ascii(isCounter ? " counter\n" : " gauge\n");
    }

    SeriesText start(SamplePage page, int index, SeriesText text) {
        page.labels().write(index, text.ascii(start));
        return text;
    }

    void end(SeriesText text, long value) {
        form.write(value, text.value()).endLine();
    }
}
