package dev.sonde.store;

import dev.sonde.probe.keeping.Replica;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that sweeps every so often, until it is closed. Of several replicas one sweeps.
final class RetentionThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionThread.class);

    private static final String FIRST =
            """
            select member from replica_seen
            where at > clock_timestamp() - interval '10 seconds'
            order by member limit 1""";

    private final Retention retention;
    private final BooleanSupplier isMine;
    private final long everyMillis;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("store-retention").daemon().unstarted(this::run);

    /// @param isMine whether this replica does the work of all
    RetentionThread(Retention retention, BooleanSupplier isMine, Duration every) {
        this.retention = retention;
        this.isMine = isMine;
        this.everyMillis = every.toMillis();
    }

    /// Whether this replica is the first of those that write their signs of life.
    static boolean isMine(Database database, Replica replica) {
        return replica.isAlone()
                || database.client()
                        .sql(FIRST)
                        .query((row, _) -> row.getObject("member", UUID.class))
                        .optional()
                        .map(first -> first.equals(replica.member()))
                        .orElse(true);
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
            if (isMine.getAsBoolean()) {
                retention.sweep();
            }
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
