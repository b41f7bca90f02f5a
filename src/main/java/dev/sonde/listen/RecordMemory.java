package dev.sonde.listen;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all listeners together may take for what they remember: what peers sent, and the
/// connections that ended. Safe for any thread.
final class RecordMemory {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    RecordMemory(long limit) {
        this.limit = limit;
    }

    boolean tryTake(int bytes) {
        for (long now = used.get(); now + bytes <= limit; now = used.get()) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
        return false;
    }

    void giveBack(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
