package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.access.ResultKeys;
import java.time.Instant;
import java.util.List;

/// The differences of the two databases. Safe for any thread.
sealed interface Dialect extends ResultKeys permits SqliteDialect, PostgresDialect {

    /// Rows in one transaction of a removal.
    int ROWS_AT_ONCE = 1_000;

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

    /// Removes results with smaller keys, so many at once.
    static void removeOldRows(Database database, Object limit) {
        int[] removed = new int[1];
        do {
            Object upTo =
                    database.client()
                            .sql(
                                    "select id from result where id < ? order by id limit 1 offset "
                                            + (ROWS_AT_ONCE - 1))
                            .param(limit)
                            .query((row, _) -> row.getObject(1))
                            .optional()
                            .orElse(limit);
            database.inTransaction(
                    jdbc -> removed[0] = jdbc.update("delete from result where id <= ?", upTo));
        } while (removed[0] >= ROWS_AT_ONCE);
    }
}
