package dev.sonde.store;

import dev.sonde.store.access.Access;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.embedded.EmbeddedDatabase;
import dev.sonde.store.embedded.FileGuard;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// One database, as the tables of this room use it. Safe for any thread.
public final class Database implements Access {

    /// Rows that PostgreSQL sends at once of a stream: a definition may have a megabyte.
    private static final int STREAMED_AT_ONCE = 64;

    private final Dialect dialect;
    private final @Nullable FileGuard guard;
    private final SQLExceptionTranslator failures;
    private final JdbcTemplate template;
    private final TransactionTemplate transactions;
    private final JdbcClient reads;
    private final JdbcTemplate streams;
    private final TransactionTemplate readTransactions;

    Database(
            Dialect dialect,
            DataSource writer,
            DataSource readers,
            SQLExceptionTranslator failures,
            @Nullable FileGuard guard) {
        this.dialect = dialect;
        this.guard = guard;
        this.failures = failures;
        this.template = template(writer, failures);
        this.transactions = transactions(writer, failures);
        JdbcTemplate reading = template(readers, failures);
        this.reads = JdbcClient.create(reading);
        this.streams = template(readers, failures);
        this.streams.setFetchSize(STREAMED_AT_ONCE);
        this.readTransactions = transactions(readers, failures);
    }

    static Database postgres(DataSource dataSource, PostgresDialect dialect) {
        return new Database(
                dialect, dataSource, dataSource, new SQLExceptionSubclassTranslator(), null);
    }

    static Database embedded(EmbeddedDatabase file) {
        return new Database(
                new SqliteDialect(), file.writer(), file.readers(), file.failures(), file.guard());
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public ResultKeys keys() {
        return dialect;
    }

    /// For single statements that read.
    @Override
    public JdbcClient client() {
        return reads;
    }

    /// Hands over rows one by one: they are never in memory together.
    void stream(String query, RowCallbackHandler row) {
        readTransactions.executeWithoutResult(_ -> streams.query(query, row));
    }

    /// Adds or changes rows where the disk has room for them, as [#inTransaction] does.
    @Override
    public void write(Consumer<JdbcTemplate> work) {
        requireRoom();
        inTransaction(work);
    }

    /// Commits when `work` returns; rolls back when it throws.
    @Override
    public void inTransaction(Consumer<JdbcTemplate> work) {
        if (guard != null) {
            guard.requireIntact();
        }
        try {
            transactions.executeWithoutResult(_ -> work.accept(template));
        } catch (CannotCreateTransactionException e) {
            throw unopened(e);
        }
    }

    /// A connection that cannot be opened has the same reasons as a statement that fails.
    private RuntimeException unopened(CannotCreateTransactionException failure) {
        DataAccessException reason =
                failure.getCause() instanceof SQLException cause && guard != null
                        ? failures.translate("open", null, cause)
                        : null;
        return reason == null ? failure : reason;
    }

    /// Whether something could be added now.
    ///
    /// @throws dev.sonde.store.embedded.UnwritableDatabaseException where the file takes nothing
    void requireRoom() {
        if (guard != null) {
            guard.requireIntact();
            guard.requireRoom();
        }
    }

    private static JdbcTemplate template(DataSource source, SQLExceptionTranslator failures) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setExceptionTranslator(failures);
        return template;
    }

    private static TransactionTemplate transactions(
            DataSource source, SQLExceptionTranslator failures) {
        JdbcTransactionManager manager = new JdbcTransactionManager(source);
        manager.setExceptionTranslator(failures);
        return new TransactionTemplate(manager);
    }
}
