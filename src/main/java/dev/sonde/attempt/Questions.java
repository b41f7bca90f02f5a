package dev.sonde.attempt;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Question;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The questions that runs may ask by themselves. The path is asked by runs with which an incident
/// begins, and at most once a second. Safe for any thread.
final class Questions {

    private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(1);
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

    Questions(Set<Question> allowed, Ticker ticker) {
        this.allowed = Set.copyOf(allowed);
        this.ticker = ticker;
        this.lastNanos = new AtomicLong(ticker.read() - APART_NANOS);
    }

    boolean allow(Question question) {
        return allowed.contains(question);
    }

    /// Whether this run asks for the path now; a true counts as asked.
    ///
    /// @param begins whether an incident begins with it
    boolean isPathDue(ProbeResult found, Predicate<ProbeResult> begins) {
        return allow(Question.PATH)
                && found.outcome() instanceof Outcome.Failed(FailureReason reason, _, _)
                && OPEN.contains(reason)
                && begins.test(found)
                && takeTurn();
    }

    private boolean takeTurn() {
        long now = ticker.read();
        long last = lastNanos.get();
        return now - last >= APART_NANOS && lastNanos.compareAndSet(last, now);
    }
}
