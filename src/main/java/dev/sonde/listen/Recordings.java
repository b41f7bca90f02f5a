package dev.sonde.listen;

import java.util.ArrayDeque;
import java.util.List;

/// The connections of one listener that ended and are remembered, oldest first out. Safe for any
/// thread: its own lock guards the queue, since connections end on every loop.
final class Recordings {

    private final RecordMemory memory;
    private final Traces traces;
    private final ArrayDeque<ConnectionLog> ended = new ArrayDeque<>();

    Recordings(RecordMemory memory, Traces traces) {
        this.memory = memory;
        this.traces = traces;
    }

    /// Room for bytes of a connection that goes on, at the cost of the oldest that ended.
    boolean tryTake(int bytes) {
        while (!memory.tryTake(bytes)) {
            if (!evictOldest()) {
                return false;
            }
        }
        return true;
    }

    /// Remembers a connection that has ended, if there is room for it.
    synchronized void add(ConnectionLog log, int most) {
        if (!tryTake(log.ownBytes())) {
            forget(log, log.recordedBytes());
            return;
        }
        ended.addLast(log);
        while (ended.size() > most) {
            evictOldest();
        }
    }

    synchronized List<ConnectionLog> all() {
        return List.copyOf(ended);
    }

    synchronized void forget() {
        while (evictOldest()) {
            // One after the other, as when room is needed.
        }
    }

    private synchronized boolean evictOldest() {
        ConnectionLog oldest = ended.pollFirst();
        if (oldest == null) {
            return false;
        }
        forget(oldest, oldest.recordedBytes() + oldest.ownBytes());
        return true;
    }

    private void forget(ConnectionLog log, int bytes) {
        memory.giveBack(bytes);
        traces.remove(log);
    }
}
