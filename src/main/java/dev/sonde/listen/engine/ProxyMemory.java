package dev.sonde.listen.engine;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that wait in all proxied connections. Safe for any thread.
///
/// @param perDirection the most that one direction of one connection may hold, in bytes
/// @param limit the most that all connections may hold together, in bytes
public record ProxyMemory(int perDirection, long limit, AtomicLong used) {

    public ProxyMemory(int perDirection, long limit) {
        this(perDirection, limit, new AtomicLong());
    }

    public void add(long bytes) {
        used.addAndGet(bytes);
    }

    /// Whether a direction that holds `bytes` may read more. A direction that holds nothing always
    /// may, so every connection continues.
    public boolean hasRoom(long bytes) {
        return bytes == 0 || (bytes < perDirection && used.get() < limit);
    }
}
