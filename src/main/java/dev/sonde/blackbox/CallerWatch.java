package dev.sonde.blackbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/// The watch over callers of requests that wait for their probe. Every 100 ms each request checks
/// whether its caller is still connected. Safe for any thread.
///
/// One thread wakes all of them, because a timer for each request costs more than its probe's
/// connect. The thread ends when nothing waits any longer.
@Component
final class CallerWatch {

    /// Time between two checks.
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Checks without a waiting request before the thread ends.
    private static final int LOOKS_IN_VAIN = 10;

    private final Set<ProbeWait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    void add(ProbeWait wait) {
        waits.add(wait);
        if (!isLooking.get() && isLooking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("caller-watch").start(this::look);
        }
    }

    void remove(ProbeWait wait) {
        waits.remove(wait);
    }

    private void look() {
        int inVain = 0;
        while (inVain < LOOKS_IN_VAIN) {
            LockSupport.parkNanos(this, EVERY_NANOS);
            inVain = waits.isEmpty() ? inVain + 1 : 0;
            waits.forEach(ProbeWait::remind);
        }
        isLooking.set(false);
        // One that was added before the flag fell has started no thread.
        if (!waits.isEmpty() && isLooking.compareAndSet(false, true)) {
            look();
        }
    }
}
