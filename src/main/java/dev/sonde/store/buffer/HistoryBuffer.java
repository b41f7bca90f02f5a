package dev.sonde.store.buffer;

import dev.sonde.memory.HeapShare;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A buffer of rows to be written: many threads add, one takes. Nobody ever waits for a lock here.
///
/// A buffer that is full, in number or in bytes of heap, drops and counts the oldest. Newer entries
/// are worth more.
public final class HistoryBuffer<T> {

    /// A batch takes at most this part of the heap's share.
    private static final int BATCH_PART = 4;

    private final int limit;
    private final HeapShare memory;
    private final Weights<T> weights;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder lost = new LongAdder();

    /// Entries that were ever added, and those that were ever taken out.
    private final AtomicLong added = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();

    /// The most that may wait, in number and in heap.
    public record Limits(int number, HeapShare memory) {}

    /// An entry's heap in bytes, always the same.
    ///
    /// @param waiting while it waits
    /// @param inHand while it is written
    public record Weights<T>(ToIntFunction<T> waiting, ToIntFunction<T> inHand) {

        /// Entries that stay as they are.
        public static <T> Weights<T> of(ToIntFunction<T> weigher) {
            return new Weights<>(weigher, weigher);
        }
    }

    public HistoryBuffer(Limits limits, Weights<T> weights) {
        this.limit = limits.number();
        this.memory = limits.memory();
        this.weights = weights;
    }

    public void add(T entry) {
        memory.take(weights.waiting().applyAsInt(entry));
        added.incrementAndGet();
        waiting.add(entry);
        if (size.incrementAndGet() > limit) {
            loseOldest();
        }
        while (memory.isOver() && loseOldest()) {
            memory.countDropped(1);
        }
    }

    private boolean loseOldest() {
        if (poll() == null) {
            return false;
        }
        size.decrementAndGet();
        lost.increment();
        return true;
    }

    private @Nullable T poll() {
        T entry = waiting.poll();
        if (entry != null) {
            taken.incrementAndGet();
            memory.giveBack(weights.waiting().applyAsInt(entry));
        }
        return entry;
    }

    /// Moves up to `most` entries to `batch`, oldest first. They count as waiting until they are
    /// [#release]d.
    public void drainTo(List<T> batch, int most) {
        drainTo(batch, most, _ -> true);
    }

    /// The same, up to the first entry that has to wait.
    public void drainTo(List<T> batch, int most, Predicate<T> isDue) {
        long bytes = 0;
        while (batch.size() < most && bytes <= memory.limit() / BATCH_PART) {
            T next = waiting.peek();
            T entry = next != null && isDue.test(next) ? poll() : null;
            if (entry == null) {
                return;
            }
            bytes += weights.inHand().applyAsInt(entry);
            batch.add(entry);
        }
    }

    /// Releases entries that were taken: they no longer count as waiting.
    public void release(int entries) {
        size.addAndGet(-entries);
    }

    public void lose(long entries) {
        lost.add(entries);
    }

    /// Number of all additions. The additions of the calling thread are among them.
    public long added() {
        return added.get();
    }

    /// How many were ever taken out, the lost ones too.
    public long taken() {
        return taken.get();
    }

    public int size() {
        return size.get();
    }

    public long lost() {
        return lost.sum();
    }

    /// Whether what waits weighs as much as a batch may.
    public boolean isLarge() {
        return memory.used() > memory.limit() / BATCH_PART;
    }
}
