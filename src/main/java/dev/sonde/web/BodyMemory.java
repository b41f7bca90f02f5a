package dev.sonde.web;

import org.springframework.util.unit.DataSize;

/// The bytes of request bodies that may be in memory at once. Belongs to [Connections], under its
/// lock.
final class BodyMemory {

    private static final int HEAP_SHARE = 32;
    private static final long LEAST_BYTES = DataSize.ofMegabytes(8).toBytes() + 65_536;

    private final long mostBytes;
    private long usedBytes;

    private BodyMemory(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    static BodyMemory of(ConnectionProperties properties, long heapBytes) {
        DataSize chosen = properties.bodyMemory();
        return new BodyMemory(
                chosen == null ? Math.max(LEAST_BYTES, heapBytes / HEAP_SHARE) : chosen.toBytes());
    }

    boolean claim(long bytes) {
        if (usedBytes + bytes > mostBytes) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    void release(long bytes) {
        usedBytes -= bytes;
    }
}
