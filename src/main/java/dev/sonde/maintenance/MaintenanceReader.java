package dev.sonde.maintenance;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads maintenances at the start. Among replicas it reads them repeatedly on a thread of its own,
/// because another replica may have changed them.
final class MaintenanceReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MaintenanceReader.class);

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final MaintenanceBook book;
    private final boolean isAlone;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// The reader's own: whether the latest try failed.
    private boolean isFailing;

    MaintenanceReader(MaintenanceBook book, boolean isAlone) {
        this.book = book;
        this.isAlone = isAlone;
    }

    void start() {
        boolean isRead = read();
        if (!isAlone || !isRead) {
            Thread.ofPlatform().daemon().name("maintenance-reader").start(this::run);
        }
    }

    private void run() {
        boolean isDone = false;
        while (!isDone && !isClosedAfter(BETWEEN)) {
            isDone = read() && isAlone;
        }
    }

    private boolean read() {
        try {
            book.read();
            isFailing = false;
            return true;
        } catch (RuntimeException e) {
            if (!isFailing) {
                log.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .log("maintenances cannot be read and are read again");
            }
            isFailing = true;
            return false;
        }
    }

    private boolean isClosedAfter(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Only a process that ends interrupts this thread.
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
