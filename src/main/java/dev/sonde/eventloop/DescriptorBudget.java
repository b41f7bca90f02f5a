package dev.sonde.eventloop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// How many file descriptors probes and listeners may hold together. Safe for any thread.
///
/// It stays below the process's limit: at the limit even class loading and logging fail.
public final class DescriptorBudget {

    private final int limit;
    private final AtomicInteger used = new AtomicInteger();
    private final List<Runnable> whenReleased = new CopyOnWriteArrayList<>();

    public DescriptorBudget(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a budget needs a descriptor, not " + limit);
        }
        this.limit = limit;
    }

    /// Takes one, or says that none is left.
    public boolean tryAcquire() {
        for (int now = used.get(); now < limit; now = used.get()) {
            if (used.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Gives one back and tells whoever waits for one.
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
