package dev.sonde.store;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What waits to be written: many threads add, one takes. Nobody ever waits for a lock here.
///
/// A full buffer loses the oldest, since what is going on now is worth more, and counts it.
final class HistoryBuffer<T> {

    private final int limit;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder lost = new LongAdder();

    HistoryBuffer(int limit) {
        this.limit = limit;
    }

    void add(T entry) {
        waiting.add(entry);
        if (size.incrementAndGet() > limit && waiting.poll() != null) {
            size.decrementAndGet();
            lost.increment();
        }
    }

    /// Moves up to `most` entries to `batch`, oldest first. They count as waiting until they are
    /// [#release]d.
    void drainTo(List<T> batch, int most) {
        while (batch.size() < most) {
            T entry = waiting.poll();
            if (entry == null) {
                return;
            }
            batch.add(entry);
        }
    }

    /// So many of those that were taken need not wait any more.
    void release(int entries) {
        size.addAndGet(-entries);
    }

    void lose(long entries) {
        lost.add(entries);
    }

    int size() {
        return size.get();
    }

    long lost() {
        return lost.sum();
    }
}
