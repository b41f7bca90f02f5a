package dev.sonde.listen.record;

import dev.sonde.memory.HeapShare;
import java.util.LinkedHashMap;
import java.util.Map;

/// The memory that all listeners share for records: peers' bytes and ended connections. When it is
/// full, the oldest ended connection of any listener is dropped.
///
/// Safe for any thread, and the one lock of all [ConnectionHistory].
public final class RecordMemory {

    private final long limit;
    private final HeapShare memory;
    private final Map<ConnectionLog, ConnectionHistory> endedOldestFirst = new LinkedHashMap<>();
    private long used;

    /// @param limit in bytes; the share's own limit holds as well
    /// @param memory the account of these bytes
    public RecordMemory(long limit, HeapShare memory) {
        this.limit = Math.min(limit, memory.limit());
        this.memory = memory;
    }

    /// Takes bytes, and drops the oldest ended connections if needed.
    ///
    /// @return whether the bytes were taken
    synchronized boolean tryTake(int bytes) {
        while (used + bytes > limit) {
            memory.countDropped(1);
            if (endedOldestFirst.isEmpty()) {
                return false;
            }
            endedOldestFirst.values().iterator().next().forgetOldest();
        }
        used += bytes;
        memory.take(bytes);
        return true;
    }

    synchronized void giveBack(int bytes) {
        used -= bytes;
        memory.giveBack(bytes);
    }

    /// @param owner whose youngest it is
    synchronized void remember(ConnectionLog ended, ConnectionHistory owner) {
        endedOldestFirst.put(ended, owner);
    }

    synchronized void forget(ConnectionLog ended) {
        endedOldestFirst.remove(ended);
        giveBack(ended.recordedBytes() + ended.ownBytes());
    }

    public synchronized long used() {
        return used;
    }
}
