package dev.sonde.attempt.admission;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places of which a part is reserved, with a queue for the reserved share and one for each caller.
/// The reserved queue goes first; the caller that holds fewest places is next. Guarded by the lock
/// of its owner.
///
/// @param <T> something that waits, compared by identity
public final class FairLine<T> {

    private static final int PERCENT = 100;

    private final int most;
    private final int mostOfCallers;
    private final int mostWaiting;
    private final int mostWaitingOfCallers;
    private final LinkedHashSet<T> reserved = new LinkedHashSet<>();

    /// Those that hold a place or wait for one.
    private final Map<Share, Caller<T>> callers = new LinkedHashMap<>();

    private int held;
    private int heldByCallers;
    private int waitingOfCallers;

    private static final class Caller<T> {
        final LinkedHashSet<T> line = new LinkedHashSet<>();
        int held;
    }

    /// @param most places in all
    /// @param mostWaiting that may wait in all
    /// @param reservedPercent share of both that callers do not use
    public FairLine(int most, int mostWaiting, int reservedPercent) {
        this.most = most;
        this.mostOfCallers = most - part(most, reservedPercent);
        this.mostWaiting = mostWaiting;
        this.mostWaitingOfCallers = mostWaiting - part(mostWaiting, reservedPercent);
    }

    /// So many percent of a number, rounded down.
    public static int part(int number, int percent) {
        return (int) ((long) number * percent / PERCENT);
    }

    /// Whether a place is free for who comes now and passes nobody.
    public boolean isFree(Share share) {
        return switch (share) {
            case Share.Reserved _ -> reserved.isEmpty() && held < most;
            case Share.OfCaller _ ->
                    reserved.isEmpty() && waitingOfCallers == 0 && isFreeForCallers();
        };
    }

    private boolean isFreeForCallers() {
        return held < most && heldByCallers < mostOfCallers;
    }

    public void take(Share share) {
        held++;
        if (share instanceof Share.OfCaller) {
            heldByCallers++;
            callers.computeIfAbsent(share, _ -> new Caller<>()).held++;
        }
    }

    public void release(Share share) {
        held--;
        Caller<T> caller = callers.get(share);
        if (caller != null) {
            heldByCallers--;
            caller.held--;
            forgetIdle(share, caller);
        }
    }

    /// Whether one more may wait.
    ///
    /// @param others that wait elsewhere and count
    public boolean mayWait(Share share, Waiting others) {
        int all = waiting() + others.all();
        return switch (share) {
            case Share.Reserved _ -> all < mostWaiting;
            case Share.OfCaller _ ->
                    all < mostWaiting
                            && waitingOfCallers + others.ofCallers() < mostWaitingOfCallers;
        };
    }

    /// The numbers of those that wait.
    public record Waiting(int all, int ofCallers) {
        public static final Waiting NOBODY = new Waiting(0, 0);
    }

    public void add(Share share, T waiter) {
        switch (share) {
            case Share.Reserved _ -> reserved.add(waiter);
            case Share.OfCaller _ -> {
                callers.computeIfAbsent(share, _ -> new Caller<>()).line.add(waiter);
                waitingOfCallers++;
            }
        }
    }

    /// Takes one out that may have left already.
    public void remove(Share share, T waiter) {
        if (share instanceof Share.Reserved) {
            reserved.remove(waiter);
            return;
        }
        Caller<T> caller = callers.get(share);
        if (caller != null && caller.line.remove(waiter)) {
            waitingOfCallers--;
            forgetIdle(share, caller);
        }
    }

    /// The next holder of a place, still waiting; absent without a free place or a waiting one.
    public @Nullable T first() {
        if (!reserved.isEmpty()) {
            return held < most ? reserved.getFirst() : null;
        }
        if (waitingOfCallers == 0 || !isFreeForCallers()) {
            return null;
        }
        Caller<T> least = null;
        for (Caller<T> caller : callers.values()) {
            if (!caller.line.isEmpty() && (least == null || caller.held < least.held)) {
                least = caller;
            }
        }
        return least == null ? null : least.line.getFirst();
    }

    int held() {
        return held;
    }

    int waiting() {
        return reserved.size() + waitingOfCallers;
    }

    boolean isFull() {
        return held >= most;
    }

    private void forgetIdle(Share share, Caller<T> caller) {
        if (caller.held == 0 && caller.line.isEmpty()) {
            callers.remove(share);
        }
    }
}
