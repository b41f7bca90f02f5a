package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.ProbeState;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What every scrape asks of every probe, side by side, with a row for each of some probes: so a
/// scrape need not go to a hundred thousand objects that are scattered over the heap. The probe's
/// loop writes or, where another replica runs it, who follows that one; anybody reads.
///
/// A row is one probe's for ever, so nobody who comes late reads another's. These columns go when
/// the last of their probes has gone.
public final class FigureColumns {

    public static final int ROWS = 256;

    private final AtomicReferenceArray<ProbeState> states = new AtomicReferenceArray<>(ROWS);
    private final AtomicLongArray tookNanos = new AtomicLongArray(ROWS);
    private final AtomicLongArray rttMicros = new AtomicLongArray(ROWS);
    private final AtomicReferenceArray<@Nullable FailureCounts> failures =
            new AtomicReferenceArray<>(ROWS);
    private final AtomicReferenceArray<@Nullable NotProbedCounts> notProbed =
            new AtomicReferenceArray<>(ROWS);

    /// Touched by who adds probes, in turn.
    private int taken;

    public boolean isFull() {
        return taken == ROWS;
    }

    /// Takes a row for a probe of which nothing has been measured.
    int add(ProbeState state) {
        int row = taken++;
        enter(row, state);
        measured(row, ProbeFigures.UNKNOWN, ProbeFigures.UNKNOWN);
        return row;
    }

    void enter(int row, ProbeState state) {
        states.setRelease(row, state);
    }

    /// Either may be [ProbeFigures#UNKNOWN].
    void measured(int row, long newTookNanos, long newRttMicros) {
        tookNanos.setRelease(row, newTookNanos);
        rttMicros.setRelease(row, newRttMicros);
    }

    void failed(int row, FailureReason reason) {
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

    void notProbed(int row, NotProbedReason reason) {
        notProbed.setRelease(row, NotProbedCounts.plus(notProbed.getPlain(row), reason));
    }

    @Nullable NotProbedCounts notProbed(int row) {
        return notProbed.getAcquire(row);
    }
}
