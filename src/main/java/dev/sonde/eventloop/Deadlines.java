package dev.sonde.eventloop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The deadlines of one loop: exact ones, and near ones, which may pass a few milliseconds early or
/// late. Owned by the loop's thread.
///
/// A wake for one handler costs more than the handler, so one wake serves several near deadlines.
/// The loop sleeps on after the first of them until four have passed, or until the first is late. A
/// loop that has slept also calls handlers ahead of their time, up to four. A busy loop sleeps no
/// longer than with exact deadlines.
final class Deadlines {

    /// The most that a handler is called before its near deadline.
    static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// The most that a loop sleeps on after a near deadline. Its selector adds up to a millisecond.
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /// Number of near deadlines that are worth a wake. A larger group would keep answers to the
    /// first waiting.
    static final int GROUP = 4;

    private final DeadlineQueue exact = new DeadlineQueue();
    private final DeadlineQueue near = new DeadlineQueue();

    int size() {
        return exact.size() + near.size();
    }

    void add(Deadline deadline) {
        queueOf(deadline).add(deadline);
    }

    /// Takes a deadline out; does nothing when it has passed or was removed before.
    void remove(Deadline deadline) {
        queueOf(deadline).remove(deadline);
    }

    /// Takes a deadline out that is to fire. It keeps its place in the tables until [#release].
    void fire(Deadline deadline) {
        queueOf(deadline).fire(deadline);
    }

    /// Forgets a deadline that fired, unless it was added again.
    void release(Deadline deadline) {
        queueOf(deadline).release(deadline);
    }

    private DeadlineQueue queueOf(Deadline deadline) {
        return deadline instanceof NearDeadline ? near : exact;
    }

    /// The point on the ticker at which the loop has to be awake for them; absent where there are
    /// none.
    @Nullable Long wakeNanos() {
        Deadline exactFirst = exact.peek();
        Deadline nearFirst = near.peek();
        if (nearFirst == null) {
            return exactFirst == null ? null : (Long) exactFirst.atNanos();
        }
        long wakeNanos = nearFirst.atNanos() + LATE_NANOS;
        Deadline nearLast = near.peek(GROUP);
        if (nearLast != null) {
            wakeNanos = Ticker.earlier(wakeNanos, nearLast.atNanos());
        }
        return exactFirst == null ? wakeNanos : Ticker.earlier(wakeNanos, exactFirst.atNanos());
    }

    /// The next deadline whose handler is called now; absent where all of them wait.
    ///
    /// @param takesEarly whether near ones count that have not passed
    @Nullable Deadline next(long nowNanos, boolean takesEarly) {
        Deadline exactFirst = due(exact, nowNanos, 0);
        Deadline nearFirst = due(near, nowNanos, takesEarly ? EARLY_NANOS : 0);
        if (exactFirst == null || nearFirst == null) {
            return exactFirst == null ? nearFirst : exactFirst;
        }
        return exactFirst.atNanos() - nearFirst.atNanos() <= 0 ? exactFirst : nearFirst;
    }

    private static @Nullable Deadline due(DeadlineQueue queue, long nowNanos, long aheadNanos) {
        Deadline first = queue.peek();
        return first != null && first.atNanos() - nowNanos <= aheadNanos ? first : null;
    }

    List<Handler> handlers() {
        List<Handler> all = new ArrayList<>(exact.handlers());
        all.addAll(near.handlers());
        return all;
    }
}
