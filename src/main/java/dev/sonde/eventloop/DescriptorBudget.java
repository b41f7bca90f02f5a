package dev.sonde.eventloop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// How many file descriptors probes and listeners may hold together. A part is reserved for
/// scheduled runs and `/probe`. Safe for any thread.
///
/// It stays below the process's limit: at the limit even class loading and logging fail.
public final class DescriptorBudget {

    private final int limit;
    private final int reserved;
    private final AtomicInteger used = new AtomicInteger();
    private final List<Runnable> whenReleased = new CopyOnWriteArrayList<>();

    /// A budget without a reserve.
    public DescriptorBudget(int limit) {
        this(limit, 0);
    }

    /// @param reserved descriptors that [#tryAcquire] does not touch, fewer than the limit
    public DescriptorBudget(int limit, int reserved) {
        if (limit < 1) {
            throw new IllegalArgumentException("a budget needs a descriptor, not " + limit);
        }
        if (reserved < 0 || reserved >= limit) {
            throw new IllegalArgumentException(
                    "a reserve is from 0 to below the limit, not " + reserved);
        }
        this.limit = limit;
        this.reserved = reserved;
    }

    /// Takes one beside the reserve; false where none is left.
    public boolean tryAcquire() {
        return tryAcquireBelow(limit - reserved);
    }

    /// Takes one, of the reserve as well; false where none is left.
    public boolean tryAcquireReserved() {
        return tryAcquireBelow(limit);
    }

    private boolean tryAcquireBelow(int most) {
        for (int now = used.get(); now < most; now = used.get()) {
            if (used.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Returns one descriptor and notifies a waiter.
    public void release() {
        if (used.decrementAndGet() < 0) {
            throw new IllegalStateException("a descriptor was released twice");
        }
        for (Runnable waiting : whenReleased) {
            waiting.run();
        }
    }

    /// Runs `waiting` after every release, on the releasing thread: it must be quick.
    public void onRelease(Runnable waiting) {
        whenReleased.add(waiting);
    }

    public int used() {
        return used.get();
    }

    public int limit() {
        return limit;
    }
}
