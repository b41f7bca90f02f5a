package dev.sonde.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ResultWaitTest {

    private static final long LONG_SECONDS = 60;

    private final Object lock = new Object();

    /// No time passes on the ticker, so only results or the end wake the reader.
    private final ResultWait reader = new ResultWait(lock, () -> 0);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Test
    void readerWakesWithManyResults() throws Exception {
        CompletableFuture<Void> taken = await();
        synchronized (lock) {
            for (int i = 1; i < ResultWait.MANY; i++) {
                reader.onResult();
            }
        }
        assertThat(taken).isNotDone();
        synchronized (lock) {
            reader.onResult();
        }
        taken.get(LONG_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void readerWakesWithTheEnd() throws Exception {
        CompletableFuture<Void> taken = await();
        synchronized (lock) {
            isOver.set(true);
            reader.onEnd();
        }
        taken.get(LONG_SECONDS, TimeUnit.SECONDS);
    }

    /// The reader waits when this returns: it has the lock until then.
    private CompletableFuture<Void> await() throws InterruptedException {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            synchronized (lock) {
                                begun.countDown();
                                try {
                                    reader.awaitMany(isOver::get);
                                    taken.complete(null);
                                } catch (InterruptedException e) {
                                    taken.completeExceptionally(e);
                                }
                            }
                        });
        begun.await();
        return taken;
    }
}
