package dev.sonde.eventloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deadlines of one loop, earliest first: a binary heap that knows where each of its entries is.
///
/// Adding, removing and taking cost O(log n); a removed deadline leaves nothing behind. Owned by
/// the loop's thread.
final class DeadlineQueue {

    private @Nullable Deadline[] heap = new @Nullable Deadline[64];
    private int size;

    int size() {
        return size;
    }

    @Nullable Deadline peek() {
        return heap[0];
    }

    /// The deadline of a rank, counted from 1; absent where there are fewer.
    @Nullable Deadline peek(int rank) {
        if (rank > size) {
            return null;
        }
        // The first levels of the heap have it, as many as its rank.
        List<Deadline> first = new ArrayList<>();
        for (int i = 0; i < Math.min(size, (1 << rank) - 1); i++) {
            first.add(at(i));
        }
        first.sort((a, b) -> Long.signum(a.atNanos - b.atNanos));
        return first.get(rank - 1);
    }

    void add(Deadline deadline) {
        if (deadline.index != Deadline.NOT_QUEUED) {
            throw new IllegalStateException("already queued");
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        size++;
        siftUp(size - 1, deadline);
    }

    /// Takes a deadline out; does nothing when it has fired or was removed before.
    void remove(Deadline deadline) {
        int hole = deadline.index;
        if (hole == Deadline.NOT_QUEUED) {
            return;
        }
        deadline.index = Deadline.NOT_QUEUED;
        size--;
        Deadline last = at(size);
        heap[size] = null;
        if (last == deadline) {
            return;
        }
        siftDown(hole, last);
        if (last.index == hole) {
            siftUp(hole, last);
        }
    }

    List<Handler> handlers() {
        List<Handler> handlers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            handlers.add(at(i).handler);
        }
        return handlers;
    }

    private void siftUp(int from, Deadline deadline) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            Deadline above = at(parent);
            if (!isEarlier(deadline, above)) {
                break;
            }
            place(above, i);
            i = parent;
        }
        place(deadline, i);
    }

    private void siftDown(int from, Deadline deadline) {
        int i = from;
        int half = size >>> 1;
        while (i < half) {
            int child = 2 * i + 1;
            if (child + 1 < size && isEarlier(at(child + 1), at(child))) {
                child++;
            }
            Deadline below = at(child);
            if (!isEarlier(below, deadline)) {
                break;
            }
            place(below, i);
            i = child;
        }
        place(deadline, i);
    }

    private void place(Deadline deadline, int i) {
        heap[i] = deadline;
        deadline.index = i;
    }

    private Deadline at(int i) {
        Deadline deadline = heap[i];
        if (deadline == null) {
            throw new IllegalStateException("hole in the heap at " + i);
        }
        return deadline;
    }

    /// nanoTime wraps: compared by difference, never by value.
    private static boolean isEarlier(Deadline a, Deadline b) {
        return a.atNanos - b.atNanos < 0;
    }
}
