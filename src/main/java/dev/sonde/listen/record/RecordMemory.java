package dev.sonde.listen.record;

import dev.sonde.memory.HeapShare;
import org.jspecify.annotations.Nullable;

/// The memory that all listeners share for records: peers' bytes and ended connections. When it is
/// full, the oldest ended connection of any listener is dropped.
///
/// Safe for any thread, and the one lock of all [ConnectionHistory].
public final class RecordMemory {

    private final long limit;
    private final HeapShare memory;
    private @Nullable ConnectionLog oldest;
    private @Nullable ConnectionLog youngest;
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
            ConnectionHistory holder = oldest == null ? null : oldest.holder;
            if (holder == null) {
                return false;
            }
            holder.forgetOldest();
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
        ended.holder = owner;
        ended.older = youngest;
        if (youngest == null) {
            oldest = ended;
        } else {
            youngest.younger = ended;
        }
        youngest = ended;
    }

    synchronized void forget(ConnectionLog ended) {
        if (ended.older == null) {
            oldest = ended.younger;
        } else {
            ended.older.younger = ended.younger;
        }
        if (ended.younger == null) {
            youngest = ended.older;
        } else {
            ended.younger.older = ended.older;
        }
        ended.older = null;
        ended.younger = null;
        ended.holder = null;
        giveBack(ended.recordedBytes() + ended.ownBytes());
    }

    public synchronized long used() {
        return used;
    }
}
