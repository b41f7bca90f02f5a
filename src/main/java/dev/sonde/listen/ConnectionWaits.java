package dev.sonde.listen;

import dev.sonde.eventloop.Ticker;
import dev.sonde.listen.WaitedConnections.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The callers that wait for connections of one listener. Safe for any thread; waiting is for any
/// but an event loop's.
final class ConnectionWaits {

    /// The most callers; more are refused, because each reads all connections of the listener.
    static final int MOST = 100;

    /// The shortest time between two polls, so that a busy listener does not occupy a core.
    private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

    private final Ticker ticker;
    private final Collection<Semaphore> waits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    ConnectionWaits(Ticker ticker) {
        this.ticker = ticker;
    }

    /// Something of a connection has changed.
    void changed() {
        if (count.get() > 0) {
            for (Semaphore wait : waits) {
                if (wait.availablePermits() == 0) {
                    wait.release();
                }
            }
        }
    }

    /// Waits until a condition holds.
    ///
    /// @throws InterruptedException when the caller is to stop
    Outcome await(BooleanSupplier condition, Duration most) throws InterruptedException {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            return Outcome.REFUSED;
        }
        Semaphore changes = new Semaphore(0);
        waits.add(changes);
        try {
            return await(condition, changes, ticker.read() + most.toNanos());
        } finally {
            waits.remove(changes);
            count.decrementAndGet();
        }
    }

    private Outcome await(BooleanSupplier condition, Semaphore changes, long endNanos)
            throws InterruptedException {
        Semaphore never = new Semaphore(0);
        while (true) {
            changes.drainPermits();
            if (condition.getAsBoolean()) {
                return Outcome.MET;
            }
            long leftNanos = endNanos - ticker.read();
            if (leftNanos <= 0) {
                return Outcome.TIMED_OUT;
            }
            if (changes.tryAcquire(leftNanos, TimeUnit.NANOSECONDS)) {
                var _ = never.tryAcquire(PAUSE_NANOS, TimeUnit.NANOSECONDS);
            }
        }
    }
}
