package dev.sonde.store.access;

import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database, as the parts of this room use it. Safe for any thread.
public interface Access {

    /// For single statements that read.
    JdbcClient client();

    /// Adds or changes rows in one transaction, where the disk has room for them.
    void write(Consumer<JdbcTemplate> work);

    /// Commits when `work` returns, takes everything back when it throws.
    void inTransaction(Consumer<JdbcTemplate> work);

    /// The ids of results and transitions in its rows.
    ResultKeys keys();
}
