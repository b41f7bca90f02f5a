package dev.sonde.listen.record;

import java.util.ArrayDeque;
import java.util.List;

/// The recorded ended connections of one listener; the oldest is dropped first. Safe for any
/// thread: connections end on every loop. The lock is the memory that all listeners share.
public final class ConnectionHistory {

    private final RecordMemory memory;
    private final Traces traces;
    private final ArrayDeque<ConnectionLog> ended = new ArrayDeque<>();

    public ConnectionHistory(RecordMemory memory, Traces traces) {
        this.memory = memory;
        this.traces = traces;
    }

    /// Takes memory for bytes of an open connection.
    boolean tryTake(int bytes) {
        return memory.tryTake(bytes);
    }

    /// Records an ended connection, if the shared memory has space for it.
    public void add(ConnectionLog log, int most) {
        synchronized (memory) {
            if (!memory.tryTake(log.ownBytes())) {
                memory.giveBack(log.recordedBytes());
                traces.remove(log);
                return;
            }
            ended.addLast(log);
            memory.remember(log, this);
            while (ended.size() > most) {
                forgetOldest();
            }
        }
    }

    public List<ConnectionLog> all() {
        synchronized (memory) {
            return List.copyOf(ended);
        }
    }

    public void forget() {
        synchronized (memory) {
            while (!ended.isEmpty()) {
                forgetOldest();
            }
        }
    }

    void forgetOldest() {
        synchronized (memory) {
            ConnectionLog oldest = ended.removeFirst();
            memory.forget(oldest);
            traces.remove(oldest);
        }
    }
}
