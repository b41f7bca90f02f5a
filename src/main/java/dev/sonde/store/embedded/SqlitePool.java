package dev.sonde.store.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// A few connections to one file, opened when they are asked for. Safe for any thread.
///
/// A general pool waits for seconds if a connection cannot be opened, because a network may
/// recover. A file that cannot be opened is reported at once.
final class SqlitePool extends AbstractDataSource implements AutoCloseable {

    private static final long LONGEST_WAIT_MILLIS = Duration.ofSeconds(5).toMillis();

    /// Opens a connection.
    interface Source {
        Connection open() throws SQLException;
    }

    private final Source source;
    private final Semaphore free;
    private final int size;

    /// Guarded by this: idle connections, and how often all were let go.
    private final Deque<Connection> idle = new ArrayDeque<>();

    private int generation;
    private boolean closed;

    SqlitePool(int size, Source source) {
        this.size = size;
        this.free = new Semaphore(size, true);
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var _ = generation();
        await();
        try {
            int now = generation();
            Connection idleOne = poll();
            Connection connection = idleOne == null ? source.open() : idleOne;
            return BorrowedConnection.of(connection, () -> giveBack(connection, now));
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    /// Lets go of all connections; those in use are closed when they come back.
    void reset() {
        Deque<Connection> old;
        synchronized (this) {
            generation++;
            old = new ArrayDeque<>(idle);
            idle.clear();
        }
        old.forEach(SqlitePool::closeQuietly);
    }

    /// Waits for connections in use, as long as for a connection, and closes all.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            if (free.tryAcquire(size, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                free.release(size);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        reset();
    }

    private void await() throws SQLException {
        try {
            if (!free.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("the database is busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", e);
        }
    }

    private synchronized int generation() throws SQLException {
        if (closed) {
            throw new SQLException("the database is closed");
        }
        return generation;
    }

    private synchronized @Nullable Connection poll() {
        return idle.poll();
    }

    private void giveBack(Connection connection, int borrowedIn) {
        boolean kept = false;
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            synchronized (this) {
                kept = borrowedIn == generation && !closed && idle.offer(connection);
            }
        } catch (SQLException _) {
            // It cannot be used again, and is closed.
        } finally {
            if (!kept) {
                closeQuietly(connection);
            }
            free.release();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // A connection that cannot be closed is not used again.
        }
    }
}
