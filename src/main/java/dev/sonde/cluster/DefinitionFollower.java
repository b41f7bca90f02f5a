package dev.sonde.cluster;

import dev.sonde.schedule.ReplicaChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Follows changes of definitions: waits on its own connection for PostgreSQL's notification, and
/// polls at an interval too. Runs on its own thread.
final class DefinitionFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DefinitionFollower.class);

    private final DataSource database;
    private final ReplicaChanges mirror;
    private final Clock clock;
    private final long pollMillis;

    /// When states were read last; owned by the own thread.
    private Instant statesReadAt;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("cluster-follower").daemon().unstarted(this::run);

    /// Written by the own thread, read by the thread that closes.
    private volatile @Nullable Connection listening;

    /// The thread's own: whether the database was lost.
    private boolean isCutOff;

    DefinitionFollower(
            DataSource database, ReplicaChanges mirror, Clock clock, Duration pollEvery) {
        this.database = database;
        this.mirror = mirror;
        this.clock = clock;
        this.pollMillis = pollEvery.toMillis();
        this.statesReadAt = clock.instant();
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (closing.getCount() > 0) {
            settle();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                listening = connection;
                statement.execute("listen sonde_probe");
                follow(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                cutOff(e);
            } catch (DataAccessException | TransactionException e) {
                cutOff(e);
            }
            if (!isClosedAfter(pollMillis)) {
                continue;
            }
            return;
        }
    }

    /// Forms change without the database as well, unless a definition is damaged.
    private void settle() {
        try {
            mirror.settle();
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("damaged definitions cannot be read yet");
        }
    }

    private void follow(PGConnection notifications) throws SQLException {
        mirror.forgetStates();
        while (closing.getCount() > 0) {
            mirror.followDefinitions();
            Instant now = clock.instant();
            mirror.followStates(statesReadAt.minus(Membership.CLOCK_SKEW));
            statesReadAt = now;
            settle();
            if (isCutOff) {
                isCutOff = false;
                log.atInfo().log("changes of other replicas can be followed again");
            }
            long pollNanos = TimeUnit.MILLISECONDS.toNanos(pollMillis);
            long startNanos = System.nanoTime();
            while (closing.getCount() > 0 && System.nanoTime() - startNanos < pollNanos) {
                if (notifications.getNotifications((int) pollMillis).length > 0) {
                    mirror.followDefinitions();
                }
            }
        }
    }

    private void cutOff(Exception cause) {
        if (closing.getCount() > 0 && !isCutOff) {
            isCutOff = true;
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .log("changes of other replicas cannot be followed, probing goes on");
        }
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // Nobody interrupts this thread but a process that ends; then it ends as well.
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        Connection open = listening;
        try {
            if (open != null) {
                open.abort(Runnable::run);
            }
            thread.join();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("a connection was not open any more");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
