package dev.sonde.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Opens connections to the file of the embedded database. Safe for any thread.
///
/// @param guard knows whether the file may be used
record SqliteConnections(DatabaseFiles files, FileGuard guard) {

    /// Of the writer: pages of the file in memory, beside the heap.
    static final int CACHE_KIB = 8_192;

    private static final int BUSY_MILLIS = 2_000;
    private static final int READER_CACHE_KIB = 8_192;
    private static final int CHECKPOINT_PAGES = 8_000;
    private static final int LOG_BYTES = 67_108_864;

    /// The file as it is, without its log: nothing is made beside it.
    private static final String IMMUTABLE = "?immutable=1";

    /// A connection that may write. Makes the file where it is missing.
    Connection writer() throws SQLException {
        guard.requireIntact();
        try {
            DatabaseFiles.prepareFile(files.database());
        } catch (IOException e) {
            throw new SQLException("cannot be created: " + e, e);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.setJournalSizeLimit(LOG_BYTES);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setGetGeneratedKeys(false);
        Connection connection = connect(config, files.database(), "");
        guard.opened();
        return connection;
    }

    /// A connection that reads beside the writer.
    Connection reader() throws SQLException {
        try {
            return read(files.database(), "");
        } catch (SQLException e) {
            if (files.hasCommitsInLog() || SqliteFailures.isDamage(e)) {
                throw e;
            }
            // A disk without room for the shared memory: the file itself can be read.
            return read(files.database(), IMMUTABLE);
        }
    }

    /// A connection that changes nothing in the directory. The log is read only where it has
    /// commits.
    Connection readerWithoutTraces() throws SQLException {
        return read(files.database(), files.hasCommitsInLog() ? "" : IMMUTABLE);
    }

    static Connection read(Path file, String query) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-READER_CACHE_KIB);
        Connection connection = connect(config, file, query);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma query_only = 1");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(SQLiteConfig config, Path file, String query)
            throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath() + query);
        return source.getConnection();
    }
}
