package dev.sonde.check;

import dev.sonde.eventloop.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/// The wait of a stream's reader for results. A wake costs as much as a probe. After a reader had
/// results, it is therefore woken for many, or after 5 ms. Guarded by the lock of its [CheckRun].
final class ReaderWait {

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MANY = 256;
    private static final int NOBODY_WAITS = 0;

    private final Object lock;
    private final Ticker ticker;

    /// Whether it is worth to wait for so many results.
    private final IntPredicate isShort;

    /// The number of results that ends the wait.
    private int wanted = NOBODY_WAITS;

    private long readNanos;

    /// @param lock held by each caller
    /// @param isShort whether it is worth to wait for so many results
    ReaderWait(Object lock, Ticker ticker, IntPredicate isShort) {
        this.lock = lock;
        this.isShort = isShort;
        this.ticker = ticker;
        this.readNanos = ticker.read() - GATHER_NANOS;
    }

    /// Waits for results.
    void await() throws InterruptedException {
        long untilNanos = readNanos + GATHER_NANOS;
        for (long left = untilNanos - ticker.read();
                left > 0 && isShort.test(MANY);
                left = untilNanos - ticker.read()) {
            wanted = MANY;
            TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
        while (isShort.test(1)) {
            wanted = 1;
            lock.wait();
        }
        wanted = NOBODY_WAITS;
        readNanos = ticker.read();
    }

    /// Ends the wait, if it is long enough.
    void wake() {
        if (wanted != NOBODY_WAITS && !isShort.test(wanted)) {
            wanted = NOBODY_WAITS;
            lock.notifyAll();
        }
    }
}
