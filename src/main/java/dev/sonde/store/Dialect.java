package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The differences of the two databases. Safe for any thread.
sealed interface Dialect permits SqliteDialect, PostgresDialect {

    /// The columns of a result's id, as they stand in a statement.
    String idColumns();

    /// The values of those columns.
    Object[] idValues(UUID id);

    /// The value that ids are ordered by, of results and of transitions.
    Object key(UUID id);

    /// The condition that a result `r` belongs to the probe `p` of its name, not to a deleted one.
    String isOfThisProbe();

    /// A result's id.
    UUID id(ResultSet row) throws SQLException;

    /// A transition's id, as far as it is kept.
    UUID transitionId(ResultSet row) throws SQLException;

    /// Makes room for results that are going to be written.
    void prepare(Database database, List<ProbeResult> results);

    /// Called where results were refused, because prepared partitions may be gone.
    void refused();

    /// Removes results whose ids are older, or makes them as good as gone.
    void removeOlder(Database database, Instant limit);

    /// Bytes that `sonde.results.max-size` bounds.
    long usedBytes(Database database);

    /// Removes a part of the results, the oldest.
    ///
    /// @return how many; 0 where none can be removed
    long removeOldest(Database database);
}
