package dev.sonde.listen;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all listeners together may keep of what their peers sent. Safe for any thread.
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
