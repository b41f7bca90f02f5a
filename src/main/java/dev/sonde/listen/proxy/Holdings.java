package dev.sonde.listen.proxy;

import dev.sonde.listen.engine.ProxyMemory;

/// The bytes that one direction holds, its pieces' overhead included. Confined to its loop.
final class Holdings {

    private final ProxyMemory memory;
    private long bytes;

    Holdings(ProxyMemory memory) {
        this.memory = memory;
    }

    void add(long count) {
        bytes += count;
        memory.add(count);
    }

    void remove(long count) {
        add(-count);
    }

    /// Gives up all that is held.
    void clear() {
        remove(bytes);
    }

    boolean hasRoom() {
        return memory.hasRoom(bytes);
    }

    long bytes() {
        return bytes;
    }
}
