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

    private final AtomicReferenceArray<ProbeState> states;
    private final AtomicLongArray tookNanos;
    private final AtomicLongArray rttMicros;
    private final AtomicReferenceArray<@Nullable FailureCounts> failures;
    private final AtomicReferenceArray<@Nullable NotProbedCounts> notProbed;

    private final AtomicReferenceArray<@Nullable NotProbedStreak> streaks;

    /// Of the attempt that spoke for the latest run, where it said something about the target.
    /// These are parts of the result that the probe keeps anyway.
    private final AtomicReferenceArray<@Nullable List<PhaseTime>> phases;

    private final AtomicReferenceArray<@Nullable Outcome> outcomes;

    private final AtomicLongArray sinceMillis;
    private final AtomicLongArray plannedMillis;
    private final AtomicLongArray lastRunMillis;
    private final AtomicLongArray certificateEndSeconds;
    private final AtomicLongArray successes;
    private final AtomicLongArray synRetransmits;

    /// Owned by the turn of [Definitions], which adds probes.
    private int taken;

    public FigureColumns() {
        this(ROWS);
    }

    /// @param rows the number of probes
    public FigureColumns(int rows) {
        states = new AtomicReferenceArray<>(rows);
        tookNanos = new AtomicLongArray(rows);
        rttMicros = new AtomicLongArray(rows);
        failures = new AtomicReferenceArray<>(rows);
        notProbed = new AtomicReferenceArray<>(rows);
        streaks = new AtomicReferenceArray<>(rows);
        phases = new AtomicReferenceArray<>(rows);
        outcomes = new AtomicReferenceArray<>(rows);
        sinceMillis = new AtomicLongArray(rows);
        plannedMillis = new AtomicLongArray(rows);
        lastRunMillis = new AtomicLongArray(rows);
        certificateEndSeconds = new AtomicLongArray(rows);
        successes = new AtomicLongArray(rows);
        synRetransmits = new AtomicLongArray(rows);
    }

    public boolean isFull() {
        return taken == states.length();
    }

    /// Takes a row for a probe of which nothing has been measured.
    int add(ProbeHealth health) {
        int row = taken++;
        enter(row, health);
        tookNanos.setRelease(row, ProbeFigures.UNKNOWN);
        rttMicros.setRelease(row, ProbeFigures.UNKNOWN);
        plannedMillis.setRelease(row, ProbeFigures.UNKNOWN);
        lastRunMillis.setRelease(row, ProbeFigures.UNKNOWN);
        forgetCertificate(row);
        return row;
    }

    void enter(int row, ProbeHealth health) {
        sinceMillis.setRelease(row, health.since().toEpochMilli());
        states.setRelease(row, health.state());
    }

    /// Notes that runs are expected from now on, or no longer.
    void planned(int row, @Nullable Instant now) {
        plannedMillis.setRelease(row, now == null ? ProbeFigures.UNKNOWN : now.toEpochMilli());
    }

    void know(int row, @Nullable Outcome known) {
        outcomes.setRelease(row, known);
    }

    void measured(int row, ProbeResult result) {
        AttemptResult deciding = result.deciding();
        boolean isTelling = !(deciding.outcome() instanceof Outcome.NotProbed);
        Long rtt = deciding.evidence().rttMicros();
        tookNanos.setRelease(row, isTelling ? deciding.tookNanos() : ProbeFigures.UNKNOWN);
        rttMicros.setRelease(row, isTelling && rtt != null ? rtt : ProbeFigures.UNKNOWN);
        lastRunMillis.setRelease(row, result.startedAt().toEpochMilli());
        phases.setRelease(row, isTelling ? deciding.phases() : null);
        outcomes.setRelease(row, result.outcome());
        if (isTelling) {
            certificate(row, deciding);
        }
    }

    /// A run that failed before the certificate leaves the one that was seen last.
    private void certificate(int row, AttemptResult attempt) {
        List<StepReport> reports = attempt.reports();
        for (int i = 0; i < reports.size(); i++) {
            if (reports.get(i) instanceof TlsReport tls && !tls.chain().isEmpty()) {
                certificateEndSeconds.setRelease(row, tls.endOfValidity().getEpochSecond());
                return;
            }
        }
    }

    /// The target or the settings have changed.
    void forgetCertificate(int row) {
        certificateEndSeconds.setRelease(row, ProbeFigures.UNKNOWN);
    }

    void counted(int row, ProbeResult result) {
        switch (result.outcome()) {
            case Outcome.Succeeded _ -> successes.setRelease(row, successes.getPlain(row) + 1);
            case Outcome.Failed failed -> failed(row, failed.reason());
            case Outcome.NotProbed missed -> notProbed(row, missed.reason());
        }
        long repeated = 0;
        for (int i = 0; i < result.attempts().size(); i++) {
            Long syns = result.attempts().get(i).evidence().synRetransmits();
            repeated += syns == null ? 0 : syns;
        }
        if (repeated > 0) {
            synRetransmits.setRelease(row, synRetransmits.getPlain(row) + repeated);
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

    long tookNanos(int row) {
        return tookNanos.getAcquire(row);
    }

    long rttMicros(int row) {
        return rttMicros.getAcquire(row);
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

    long sinceMillis(int row) {
        return sinceMillis.getAcquire(row);
    }

    long plannedMillis(int row) {
        return plannedMillis.getAcquire(row);
    }

    long lastRunMillis(int row) {
        return lastRunMillis.getAcquire(row);
    }

    long certificateEndSeconds(int row) {
        return certificateEndSeconds.getAcquire(row);
    }

    long successes(int row) {
        return successes.getAcquire(row);
    }

    long synRetransmits(int row) {
        return synRetransmits.getAcquire(row);
    }
}
