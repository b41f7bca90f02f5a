package dev.sonde.attempt;

import dev.sonde.eventloop.CellRate;
import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ProbeSettings;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The questions that runs may ask by themselves. The path is asked by runs with which an incident
/// begins, and at most once a second. Safe for any thread.
final class Questions {

    private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final CellRate OWN_SIDE_RATE = CellRate.of(100, 0).withBurst(100);
    private static final Set<FailureReason> OPEN =
            Set.of(
                    FailureReason.TIMED_OUT,
                    FailureReason.HOST_UNREACHABLE,
                    FailureReason.NET_UNREACHABLE,
                    FailureReason.PROHIBITED);

    private final Set<Question> allowed;
    private final Ticker ticker;

    /// The time of the last path; long ago before the first.
    private final AtomicLong lastNanos;

    /// The number of the own side's rate, which may be a second ahead.
    private final AtomicLong ownSideUsedNanos;

    Questions(Set<Question> allowed, Ticker ticker) {
        this.allowed = Set.copyOf(allowed);
        this.ticker = ticker;
        this.lastNanos = new AtomicLong(ticker.read() - APART_NANOS);
        this.ownSideUsedNanos = new AtomicLong(ticker.read() - APART_NANOS);
    }

    boolean allow(Question question) {
        return allowed.contains(question);
    }

    /// The questions that a run with which an incident begins asks now; they count as asked.
    Set<Question> ofIncident(ProbeResult found, ProbeSettings settings) {
        return settings.path() == null && isPathDue(found) ? Set.of(Question.PATH) : Set.of();
    }

    private boolean isPathDue(ProbeResult found) {
        return allow(Question.PATH)
                && found.outcome() instanceof Outcome.Failed(FailureReason reason, _, _)
                && OPEN.contains(reason)
                && takeTurn();
    }

    /// Whether a failed connect may ask for this host's own side now. Each connect of a sweep may
    /// fail, so there are a hundred turns in a second, also all at once.
    boolean isOwnSideDue() {
        if (!allow(Question.OWN_SIDE)) {
            return false;
        }
        long now = ticker.read();
        while (true) {
            long usedUntil = ownSideUsedNanos.get();
            if (OWN_SIDE_RATE.waitNanos(usedUntil, now) > 0) {
                return false;
            }
            long next = OWN_SIDE_RATE.fullAtAfter(usedUntil, now);
            if (ownSideUsedNanos.compareAndSet(usedUntil, next)) {
                return true;
            }
        }
    }

    private boolean takeTurn() {
        long now = ticker.read();
        long last = lastNanos.get();
        return now - last >= APART_NANOS && lastNanos.compareAndSet(last, now);
    }
}
