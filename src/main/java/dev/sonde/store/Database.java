package dev.sonde.store;

import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// One database, as the tables of this room use it. Safe for any thread.
final class Database {

    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    Database(DataSource dataSource) {
        this.template = new JdbcTemplate(dataSource);
        this.client = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /// For single statements.
    JdbcClient client() {
        return client;
    }

    /// Commits when `work` returns, takes everything back when it throws. The template is for
    /// batches, which [JdbcClient] does not have.
    void inTransaction(Consumer<JdbcTemplate> work) {
        transactions.executeWithoutResult(_ -> work.accept(template));
    }
}
