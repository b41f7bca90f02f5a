package dev.sonde.store;

import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// One database, as the tables of this room use it. Safe for any thread.
final class Database {

    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final @Nullable DiskReserve reserve;

    Database(DataSource dataSource) {
        this(dataSource, null);
    }

    /// @param reserve where the database is a file of this process
    Database(DataSource dataSource, @Nullable DiskReserve reserve) {
        PoolReset reset = new PoolReset(dataSource);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        manager.setExceptionTranslator(reset);
        this.template = new JdbcTemplate(dataSource);
        this.template.setExceptionTranslator(reset);
        this.client = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(manager);
        this.reserve = reserve;
    }

    /// For single statements.
    JdbcClient client() {
        return client;
    }

    /// Adds or changes rows where the disk has room for them, as [#inTransaction] does.
    void write(Consumer<JdbcTemplate> work) {
        if (reserve != null) {
            reserve.requireRoom();
        }
        inTransaction(work);
    }

    /// Commits when `work` returns, takes everything back when it throws. The template is for
    /// batches, which [JdbcClient] does not have.
    void inTransaction(Consumer<JdbcTemplate> work) {
        transactions.executeWithoutResult(_ -> work.accept(template));
    }
}
