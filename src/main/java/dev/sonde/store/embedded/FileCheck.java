package dev.sonde.store.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The check of the whole file, `PRAGMA quick_check`, on a thread of its own. It runs after an
/// unclean stop, and while damage is known. A mended file is therefore used again.
final class FileCheck implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileCheck.class);
    private static final long AGAIN_MILLIS = Duration.ofMinutes(1).toMillis();

    private final FileGuard guard;
    private final SqlitePool.Source source;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("store-check").daemon().unstarted(this::run);

    private volatile boolean closing;

    /// Opened by the thread, interrupted by who closes.
    private volatile @Nullable Connection running;

    FileCheck(FileGuard guard, SqlitePool.Source source) {
        this.guard = guard;
        this.source = source;
    }

    void start() {
        thread.start();
    }

    void ask() {
        asked.release();
    }

    private void run() {
        try {
            while (!closing) {
                if (guard.isDamaged()) {
                    var _ = asked.tryAcquire(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    asked.acquire();
                }
                asked.drainPermits();
                if (!closing) {
                    check();
                }
            }
        } catch (InterruptedException _) {
            // The service ends.
        }
    }

    private void check() {
        try {
            String found = found();
            if (!closing) {
                conclude(found);
            }
        } catch (SQLException e) {
            if (SqliteFailures.isDamage(e) && !closing) {
                conclude(String.valueOf(e.getMessage()));
            }
            // Any other failure says nothing about the content.
        }
    }

    private void conclude(@Nullable String found) {
        guard.damaged(found);
        if (found == null) {
            log.atInfo().addKeyValue("file", guard.file()).log("the database was checked");
        } else {
            log.atError()
                    .addKeyValue("file", guard.file())
                    .addKeyValue("found", found)
                    .log("the database is damaged, nothing is written to it");
        }
    }

    /// The first damage found; absent where there is none.
    private @Nullable String found() throws SQLException {
        try (Connection connection = source.open();
                Statement statement = connection.createStatement()) {
            running = connection;
            try (ResultSet row = statement.executeQuery("pragma quick_check(1)")) {
                String answer = row.next() ? row.getString(1) : "no answer";
                return answer.equals("ok") ? null : answer;
            }
        } finally {
            running = null;
        }
    }

    @Override
    public void close() {
        closing = true;
        asked.release();
        Connection connection = running;
        try {
            if (connection != null) {
                connection.unwrap(org.sqlite.SQLiteConnection.class).getDatabase().interrupt();
            }
            thread.join();
        } catch (SQLException _) {
            // It was closed meanwhile.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
