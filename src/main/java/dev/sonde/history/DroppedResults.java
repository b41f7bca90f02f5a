package dev.sonde.history;

import java.util.concurrent.atomic.AtomicLong;

/// The number of raw results that a bound on their size removed since the start. Safe for any
/// thread.
public final class DroppedResults {

    private final AtomicLong number = new AtomicLong();

    public void add(long more) {
        number.addAndGet(more);
    }

    public long number() {
        return number.get();
    }
}
