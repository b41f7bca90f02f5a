package dev.sonde.result;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Results in the order in which they came, at most a fixed number. Safe for any thread; takes no
/// lock.
final class ResultRing {

    private final AtomicReferenceArray<@Nullable KeptResult> slots;

    /// How many have ever come.
    private final AtomicLong written = new AtomicLong();

    /// The number of the oldest that may still be there.
    private final AtomicLong oldest = new AtomicLong();

    ResultRing(int size) {
        slots = new AtomicReferenceArray<>(size);
    }

    /// Adds a result.
    ///
    /// @return the one that it pushes out; absent where there was room
    @Nullable KeptResult add(KeptResult kept) {
        return slots.getAndSet(slot(written.getAndIncrement()), kept);
    }

    /// The time of the oldest, on the ticker. Absent where it is the newest as well.
    @Nullable Long oldestNanos() {
        long at = oldestAt();
        KeptResult kept = isBeforeNewest(at) ? slots.get(slot(at)) : null;
        return kept == null ? null : (Long) kept.atNanos();
    }

    /// Whether there is one beside the newest.
    boolean hasMore() {
        return isBeforeNewest(oldestAt());
    }

    /// Takes the oldest out, but not the newest. Absent where another thread took it.
    @Nullable KeptResult removeOldest() {
        long seen = oldest.get();
        long at = Math.max(seen, oldestAt());
        if (isBeforeNewest(at) && oldest.compareAndSet(seen, at + 1)) {
            return slots.getAndSet(slot(at), null);
        }
        return null;
    }

    private long oldestAt() {
        return Math.max(oldest.get(), written.get() - slots.length());
    }

    private boolean isBeforeNewest(long at) {
        return at < written.get() - 1;
    }

    private int slot(long number) {
        return (int) (number % slots.length());
    }
}
