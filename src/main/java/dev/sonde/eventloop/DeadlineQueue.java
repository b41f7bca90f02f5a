package dev.sonde.eventloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deadlines of one loop, earliest first: a heap of numbers. A deadline stays at its place in a
/// table, which the heap refers to.
///
/// Adding, removing and taking cost O(log n); a removed deadline leaves nothing behind. A heap of
/// references would cost more than its comparisons: the collector notes each reference that moves.
/// Owned by the loop's thread.
final class DeadlineQueue {

    /// Children of a node. Four of them lie in one line of the processor's cache.
    private static final int CHILDREN = 4;

    private static final int FIRST_SIZE = 64;

    /// The place of a deadline that has fired and keeps its number.
    private static final int FIRED = -2;

    /// The heap: when each is due, and its number in the tables.
    private long[] times = new long[FIRST_SIZE];

    private int[] numbers = new int[FIRST_SIZE];

    /// By number: the deadline, and its place in the heap. A number that is not taken has the next
    /// such number in the place of its own.
    private @Nullable Deadline[] deadlines = new @Nullable Deadline[FIRST_SIZE];

    private int[] places = new int[FIRST_SIZE];

    /// How many numbers were ever taken at once.
    private int used;

    private int free = Deadline.NOT_QUEUED;
    private int size;

    int size() {
        return size;
    }

    @Nullable Deadline peek() {
        return size == 0 ? null : deadlines[numbers[0]];
    }

    /// The deadline of a rank, counted from 1; absent where there are fewer.
    @Nullable Deadline peek(int rank) {
        if (rank > size) {
            return null;
        }
        // The next one is always a child of one that was passed.
        int[] open = new int[rank * CHILDREN];
        int count = 1;
        for (int passed = 1; passed < rank; passed++) {
            int first = CHILDREN * takeEarliest(open, count--) + 1;
            for (int child = first; child < Math.min(first + CHILDREN, size); child++) {
                open[count++] = child;
            }
        }
        return deadlines[numbers[takeEarliest(open, count)]];
    }

    /// Takes the place of the earliest one out; the last one fills the gap.
    private int takeEarliest(int[] open, int count) {
        int earliest = 0;
        for (int i = 1; i < count; i++) {
            if (isEarlier(times[open[i]], times[open[earliest]])) {
                earliest = i;
            }
        }
        int place = open[earliest];
        open[earliest] = open[count - 1];
        return place;
    }

    void add(Deadline deadline) {
        int number = deadline.number;
        if (number == Deadline.NOT_QUEUED) {
            number = takeNumber();
            deadlines[number] = deadline;
            deadline.number = number;
        } else if (places[number] != FIRED) {
            throw new IllegalStateException("already queued");
        }
        siftUp(size++, deadline.atNanos(), number);
    }

    private int takeNumber() {
        int number = free;
        if (number != Deadline.NOT_QUEUED) {
            free = places[number];
            return number;
        }
        if (used == times.length) {
            grow(used + used / 2);
        }
        return used++;
    }

    private void grow(int length) {
        times = Arrays.copyOf(times, length);
        numbers = Arrays.copyOf(numbers, length);
        deadlines = Arrays.copyOf(deadlines, length);
        places = Arrays.copyOf(places, length);
    }

    /// Takes a deadline out; does nothing when it has fired or was removed before.
    void remove(Deadline deadline) {
        if (deadline.number != Deadline.NOT_QUEUED && places[deadline.number] != FIRED) {
            fire(deadline);
            release(deadline);
        }
    }

    /// A deadline that fired keeps its number no longer, unless it was added again.
    void release(Deadline deadline) {
        int number = deadline.number;
        if (number != Deadline.NOT_QUEUED && places[number] == FIRED) {
            deadline.number = Deadline.NOT_QUEUED;
            deadlines[number] = null;
            places[number] = free;
            free = number;
        }
    }

    /// Takes a deadline out that is to fire. It keeps its number until [#release].
    void fire(Deadline deadline) {
        int number = deadline.number;
        int hole = places[number];
        places[number] = FIRED;
        size--;
        if (hole < size) {
            refill(hole, times[size], numbers[size]);
        }
    }

    /// The last one moves to the hole, and from there to its place.
    private void refill(int hole, long time, int number) {
        siftDown(hole, time, number);
        if (places[number] == hole) {
            siftUp(hole, time, number);
        }
    }

    List<Handler> handlers() {
        List<Handler> handlers = new ArrayList<>(size);
        for (Deadline deadline : deadlines) {
            if (deadline != null && places[deadline.number] != FIRED) {
                handlers.add(deadline.handler);
            }
        }
        return handlers;
    }

    private void siftUp(int from, long time, int number) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) / CHILDREN;
            if (!isEarlier(time, times[parent])) {
                break;
            }
            place(times[parent], numbers[parent], i);
            i = parent;
        }
        place(time, number, i);
    }

    private void siftDown(int from, long time, int number) {
        int i = from;
        while (true) {
            int first = CHILDREN * i + 1;
            if (first >= size) {
                break;
            }
            int child = earliest(first, Math.min(first + CHILDREN, size));
            if (!isEarlier(times[child], time)) {
                break;
            }
            place(times[child], numbers[child], i);
            i = child;
        }
        place(time, number, i);
    }

    private int earliest(int first, int end) {
        int earliest = first;
        for (int i = first + 1; i < end; i++) {
            if (isEarlier(times[i], times[earliest])) {
                earliest = i;
            }
        }
        return earliest;
    }

    private void place(long time, int number, int i) {
        times[i] = time;
        numbers[i] = number;
        places[number] = i;
    }

    /// nanoTime wraps: compared by difference, never by value.
    private static boolean isEarlier(long a, long b) {
        return a - b < 0;
    }
}
