package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.Phase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The values of probes that every scrape reads, one row for each probe. A scrape therefore does
/// not visit a hundred thousand objects all over the heap. The probe's loop writes, or the follower
/// of the replica that runs the probe. Any thread reads.
///
/// Rows are never reused, so a late reader cannot see another probe's values. Columns are dropped
/// with the last of their probes.
public final class FigureColumns {

    public static final int ROWS = 256;

    /// The numbers of a row lie beside each other, so that a run and a scrape touch little memory.
    private final AtomicLongArray numbers = new AtomicLongArray(ROWS * Figure.COUNT);
    private final AtomicReferenceArray<ProbeState> states = new AtomicReferenceArray<>(ROWS);
    private final AtomicReferenceArray<@Nullable FailureCounts> failures =
            new AtomicReferenceArray<>(ROWS);
    private final AtomicReferenceArray<@Nullable NotProbedCounts> notProbed =
            new AtomicReferenceArray<>(ROWS);

    private final AtomicReferenceArray<@Nullable NotProbedStreak> streaks =
            new AtomicReferenceArray<>(ROWS);

    /// Of the attempt that spoke for the latest run, where it said something about the target.
    /// Absent for the two phases of a plain connect, which are numbers.
    private final AtomicReferenceArray<@Nullable List<PhaseTime>> phases =
            new AtomicReferenceArray<>(ROWS);

    private final AtomicReferenceArray<@Nullable Outcome> outcomes =
            new AtomicReferenceArray<>(ROWS);

    /// Guarded by the lock of the book, which adds probes.
    private int taken;

    public boolean isFull() {
        return taken == ROWS;
    }

    /// Takes a row for a probe of which nothing has been measured.
    int add(ProbeHealth health) {
        int row = taken++;
        enter(row, health);
        set(row, Figure.TOOK_NANOS, ProbeFigures.UNKNOWN);
        set(row, Figure.RTT_MICROS, ProbeFigures.UNKNOWN);
        set(row, Figure.PLANNED_MILLIS, ProbeFigures.UNKNOWN);
        set(row, Figure.LAST_RUN_MILLIS, ProbeFigures.UNKNOWN);
        set(row, Figure.CONNECT_NANOS, ProbeFigures.UNKNOWN);
        forgetCertificate(row);
        return row;
    }

    private void set(int row, Figure figure, long value) {
        numbers.setRelease(row * Figure.COUNT + figure.place(), value);
    }

    long get(int row, Figure figure) {
        return numbers.getAcquire(row * Figure.COUNT + figure.place());
    }

    void enter(int row, ProbeHealth health) {
        set(row, Figure.SINCE_MILLIS, health.since().toEpochMilli());
        if (states.getPlain(row) != health.state()) {
            states.setRelease(row, health.state());
        }
    }

    /// Notes that runs are expected from now on, or no longer.
    void planned(int row, @Nullable Instant now) {
        set(row, Figure.PLANNED_MILLIS, now == null ? ProbeFigures.UNKNOWN : now.toEpochMilli());
    }

    void know(int row, @Nullable Outcome known) {
        outcomes.setRelease(row, known);
    }

    void measured(int row, ProbeResult result) {
        AttemptResult deciding = result.deciding();
        boolean isTelling = !(deciding.outcome() instanceof Outcome.NotProbed);
        Long rtt = deciding.evidence().rttMicros();
        set(row, Figure.TOOK_NANOS, isTelling ? deciding.tookNanos() : ProbeFigures.UNKNOWN);
        set(row, Figure.RTT_MICROS, isTelling && rtt != null ? rtt : ProbeFigures.UNKNOWN);
        set(row, Figure.LAST_RUN_MILLIS, result.startedAt().toEpochMilli());
        phases(row, isTelling ? deciding.phases() : null);
        outcome(row, result.outcome());
        if (isTelling) {
            certificate(row, deciding);
        }
    }

    /// A reader looks at the numbers first, so they are written last. An earlier list may stay
    /// behind them.
    private void phases(int row, @Nullable List<PhaseTime> all) {
        if (all != null && all.size() == 2) {
            PhaseTime queue = all.get(0);
            PhaseTime connect = all.get(1);
            if (queue.phase() == Phase.QUEUE && connect.phase() == Phase.CONNECT) {
                set(row, Figure.QUEUE_NANOS, queue.tookNanos());
                set(row, Figure.CONNECT_NANOS, connect.tookNanos());
                return;
            }
        }
        phases.setRelease(row, all);
        set(row, Figure.CONNECT_NANOS, ProbeFigures.UNKNOWN);
    }

    /// The usual outcome is one object. The collector notes each reference that is written.
    @SuppressWarnings("ReferenceEquality")
    private void outcome(int row, Outcome outcome) {
        if (outcomes.getPlain(row) != outcome) {
            outcomes.setRelease(row, outcome);
        }
    }

    /// A run that failed before the certificate leaves the one that was seen last.
    private void certificate(int row, AttemptResult attempt) {
        List<StepReport> reports = attempt.reports();
        for (int i = 0; i < reports.size(); i++) {
            if (reports.get(i) instanceof TlsReport tls && !tls.chain().isEmpty()) {
                set(row, Figure.CERTIFICATE_END_SECONDS, tls.endOfValidity().getEpochSecond());
                return;
            }
        }
    }

    /// The target or the settings have changed.
    void forgetCertificate(int row) {
        set(row, Figure.CERTIFICATE_END_SECONDS, ProbeFigures.UNKNOWN);
    }

    void counted(int row, ProbeResult result) {
        switch (result.outcome()) {
            case Outcome.Succeeded _ -> set(row, Figure.SUCCESSES, get(row, Figure.SUCCESSES) + 1);
            case Outcome.Failed failed -> failed(row, failed.reason());
            case Outcome.NotProbed missed -> notProbed(row, missed.reason());
        }
        long repeated = 0;
        for (int i = 0; i < result.attempts().size(); i++) {
            Long syns = result.attempts().get(i).evidence().synRetransmits();
            repeated += syns == null ? 0 : syns;
        }
        if (repeated > 0) {
            set(row, Figure.SYN_RETRANSMITS, get(row, Figure.SYN_RETRANSMITS) + repeated);
        }
    }

    void streak(int row, @Nullable NotProbedStreak streak) {
        streaks.setRelease(row, streak);
    }

    private void failed(int row, FailureReason reason) {
        failures.setRelease(row, FailureCounts.plus(failures.getPlain(row), reason));
    }

    /// There before the probe is.
    ProbeState state(int row) {
        return states.getAcquire(row);
    }

    @Nullable FailureCounts failures(int row) {
        return failures.getAcquire(row);
    }

    private void notProbed(int row, NotProbedReason reason) {
        notProbed.setRelease(row, NotProbedCounts.plus(notProbed.getPlain(row), reason));
    }

    @Nullable NotProbedCounts notProbed(int row) {
        return notProbed.getAcquire(row);
    }

    @Nullable NotProbedStreak streak(int row) {
        return streaks.getAcquire(row);
    }

    @Nullable List<PhaseTime> phases(int row) {
        return phases.getAcquire(row);
    }

    Outcome.@Nullable Failed latestFailure(int row) {
        return outcomes.getAcquire(row) instanceof Outcome.Failed failed ? failed : null;
    }

    /// Of the latest run that is known here; absent where none is.
    @Nullable Outcome outcome(int row) {
        return outcomes.getAcquire(row);
    }
}
