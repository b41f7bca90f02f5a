package dev.sonde.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// An account of the heap bytes that one kind of data may take. Weights are estimates, so the bound
/// on the heap is approximate. Safe for any thread.
public final class HeapShare {

    private final String name;
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /// @param name the last word of its property below `sonde.memory`
    /// @param limit in bytes
    public HeapShare(String name, long limit) {
        this.name = name;
        this.limit = limit;
    }

    public String name() {
        return name;
    }

    /// The property that sets the limit.
    public String property() {
        return "sonde.memory." + name;
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /// Takes bytes where they fit; otherwise takes nothing and returns false.
    public boolean tryTake(long bytes) {
        for (long now = used.get(); now + bytes <= limit; now = used.get()) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
        return false;
    }

    /// Takes bytes even if they do not fit. The caller then drops data if [#isOver].
    public void take(long bytes) {
        used.addAndGet(bytes);
    }

    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    public boolean isOver() {
        return used.get() > limit;
    }

    /// Counts items that were dropped because the share was full.
    public void countDropped(long things) {
        dropped.add(things);
    }

    /// Counts requests that were refused because the share was full.
    public void countRefused() {
        refused.increment();
    }

    public long dropped() {
        return dropped.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /// The limit and its property, for a refusal: `8388608 bytes (sonde.memory.checks)`.
    @Override
    public String toString() {
        return limit + " bytes (" + property() + ")";
    }
}
