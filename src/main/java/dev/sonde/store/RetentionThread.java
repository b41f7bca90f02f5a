package dev.sonde.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that sweeps every so often, until it is closed.
final class RetentionThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionThread.class);

    private final Retention retention;
    private final long everyMillis;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("store-retention").daemon().unstarted(this::run);

    RetentionThread(Retention retention, Duration every) {
        this.retention = retention;
        this.everyMillis = every.toMillis();
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(everyMillis, TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            retention.sweep();
        } catch (RuntimeException e) {
            // A database that refuses today may accept the next sweep; nothing is lost by waiting.
            log.atDebug().setCause(e).log("a sweep failed");
            log.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("old results could not be removed");
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
