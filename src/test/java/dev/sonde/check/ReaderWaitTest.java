package dev.sonde.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReaderWaitTest {

    private final Object lock = new Object();
    private final AtomicLong nanos = new AtomicLong();
    private final ReaderWait reader =
            new ReaderWait(lock, nanos::get, wanted -> this.results < wanted);

    /// Guarded by the lock.
    private int results;

    @Test
    void firstResultIsReadAlone() {
        add();

        assertThat(read()).isEqualTo(1);
    }

    @Test
    void resultsOfTheNextMomentAreReadTogether() {
        add();
        read();

        CompletableFuture<Integer> next = CompletableFuture.supplyAsync(this::read);
        for (int i = 0; i < 256; i++) {
            add();
        }

        assertThat(next.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(256);
    }

    @Test
    void lateResultIsReadAlone() {
        add();
        read();
        add();

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(5));

        assertThat(read()).isEqualTo(1);
    }

    private void add() {
        synchronized (lock) {
            results++;
            reader.wake();
        }
    }

    private int read() {
        synchronized (lock) {
            try {
                reader.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            int taken = results;
            results = 0;
            return taken;
        }
    }
}
