package dev.sonde.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The probes of a check that are in flight: a linked list through the flights themselves. Guarded
/// by the lock of its [CheckRun].
final class RunningTargets {

    private @Nullable RunningTarget first;
    private int size;

    int size() {
        return size;
    }

    void add(RunningTarget flight) {
        flight.isFlying = true;
        RunningTarget second = first;
        flight.next = second;
        if (second != null) {
            second.previous = flight;
        }
        first = flight;
        size++;
    }

    /// Takes a flight out.
    ///
    /// @return false when it had been taken out before
    boolean remove(RunningTarget flight) {
        if (!flight.isFlying) {
            return false;
        }
        flight.isFlying = false;
        unlink(flight);
        return true;
    }

    private void unlink(RunningTarget flight) {
        RunningTarget before = flight.previous;
        RunningTarget after = flight.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        flight.previous = null;
        flight.next = null;
        size--;
    }

    List<RunningTarget> toList() {
        List<RunningTarget> flights = new ArrayList<>(size);
        for (RunningTarget flight = first; flight != null; flight = flight.next) {
            flights.add(flight);
        }
        return flights;
    }
}
