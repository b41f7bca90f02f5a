package dev.sonde.store.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database, as this package uses it. Safe for any thread.
public interface Access {

    /// For single statements that read.
    JdbcClient client();

    /// Adds or changes rows in one transaction, where the disk has room for them.
    void write(Consumer<JdbcTemplate> work);

    /// Commits when `work` returns, takes everything back when it throws.
    void inTransaction(Consumer<JdbcTemplate> work);

    /// The id of a transition in a row.
    UUID transitionId(ResultSet row) throws SQLException;

    /// The condition that a row `r` belongs to the probe `p` of its name, not to a deleted one.
    String isOfThisProbe();
}
