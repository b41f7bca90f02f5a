package dev.sonde.check;

import dev.sonde.eventloop.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The wait of a reader for results, which it takes many at a time. To wake it for each would cost
/// as much as a fifth of a probe. Guarded by the lock of its [CheckRun], which it waits on.
final class ResultWait {

    /// A reader with as many probes in flight waits for so many results, and no longer than
    /// [#LONGEST_NANOS].
    static final int MANY = 256;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Object lock;
    private final Ticker ticker;

    /// Results until the reader wakes; 0 while it does not wait.
    private int wanted;

    ResultWait(Object lock, Ticker ticker) {
        this.lock = lock;
        this.ticker = ticker;
    }

    /// Waits for a result, or for the end.
    void awaitFirst(BooleanSupplier isThere) throws InterruptedException {
        while (!isThere.getAsBoolean()) {
            wanted = 1;
            lock.wait();
        }
        wanted = 0;
    }

    /// Waits a moment for many results, or for the end.
    void awaitMany(BooleanSupplier isOver) throws InterruptedException {
        long endNanos = ticker.read() + LONGEST_NANOS;
        wanted = MANY;
        for (long left = LONGEST_NANOS;
                left > 0 && wanted > 0 && !isOver.getAsBoolean();
                left = endNanos - ticker.read()) {
            TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
        wanted = 0;
    }

    /// A result has come.
    void onResult() {
        if (wanted > 0 && --wanted == 0) {
            lock.notifyAll();
        }
    }

    /// No result will come any more.
    void onEnd() {
        lock.notifyAll();
    }
}
