package dev.sonde.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The probes that all checks together may have in flight, shared evenly by caller and then by
/// check. Safe for any thread: every field is guarded by the object's own lock, which is never held
/// while a check starts probes.
///
/// A check without a slot waits outside of any queue; its targets stay where they are. The holder
/// that returns a slot calls [#wake]. A caller holds at most three times the free slots. Another
/// caller therefore finds slots at once, independent of the first one's timeout.
final class FlightSlots {

    /// A check with fewer slots gets a free one, independent of its caller's other checks.
    private static final int ALWAYS = 64;

    private static final int TIMES_FREE = 3;

    private final int most;
    private final Map<String, Caller> callers = new HashMap<>();
    private final Set<Holder> waiting = new LinkedHashSet<>();
    private int used;

    /// How many calls of [#wake] have not been served.
    private final AtomicInteger wakes = new AtomicInteger();

    /// @param most at least 1
    FlightSlots(int most) {
        this.most = most;
    }

    private static final class Caller {
        int held;
        int checks;
    }

    /// The slots of one check.
    static final class Holder {
        private final String name;
        private final Runnable startMore;
        private int held;

        /// @param caller empty where nobody with a name asked
        /// @param startMore makes the check take what it can
        Holder(@Nullable String caller, Runnable startMore) {
            this.name = caller == null ? "" : caller;
            this.startMore = startMore;
        }
    }

    synchronized void enter(Holder holder) {
        callers.computeIfAbsent(holder.name, _ -> new Caller()).checks++;
    }

    /// The check has ended; it holds nothing any more.
    synchronized void leave(Holder holder) {
        waiting.remove(holder);
        Caller caller = callers.get(holder.name);
        if (caller != null && --caller.checks == 0) {
            callers.remove(holder.name);
        }
    }

    /// Takes a slot. A check that gets none is started again when there is one for it.
    synchronized boolean tryTake(Holder holder) {
        if (!mayTake(holder) || isBehindOthers(holder)) {
            waiting.add(holder);
            return false;
        }
        used++;
        holder.held++;
        caller(holder).held++;
        return true;
    }

    synchronized void giveBack(Holder holder) {
        used--;
        holder.held--;
        caller(holder).held--;
    }

    /// Starts those that wait and may go on. Called without any lock; one thread at a time does the
    /// work for all.
    void wake() {
        if (wakes.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            for (Holder next = next(); next != null; next = next()) {
                next.startMore.run();
            }
            served = wakes.addAndGet(-served);
        } while (served != 0);
    }

    synchronized int used() {
        return used;
    }

    private synchronized @Nullable Holder next() {
        Holder first = null;
        for (Holder holder : waiting) {
            if (mayTake(holder) && (first == null || isBefore(holder, first))) {
                first = holder;
            }
        }
        if (first != null) {
            waiting.remove(first);
        }
        return first;
    }

    private boolean mayTake(Holder holder) {
        int free = most - used;
        return free > 0 && (holder.held < ALWAYS || caller(holder).held < TIMES_FREE * free);
    }

    private boolean isBehindOthers(Holder holder) {
        if (waiting.isEmpty()) {
            return false; // nearly always, and an iterator would be made for each probe
        }
        for (Holder other : waiting) {
            if (!other.equals(holder) && mayTake(other) && isBefore(other, holder)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBefore(Holder one, Holder other) {
        int ofCallers = Integer.compare(caller(one).held, caller(other).held);
        return one.name.equals(other.name) ? one.held < other.held : ofCallers < 0;
    }

    private Caller caller(Holder holder) {
        Caller caller = callers.get(holder.name);
        if (caller == null) {
            throw new IllegalStateException("a check that has not entered, or has left");
        }
        return caller;
    }
}
