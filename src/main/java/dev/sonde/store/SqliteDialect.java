package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.embedded.EmbeddedDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// SQLite: the upper half of an id, of which no other process makes one, is the row's key.
final class SqliteDialect implements Dialect {

    /// Pages of the file that the writer keeps in memory, beside the heap. The connection begins
    /// with the first number.
    private static final int SMALL_CACHE_KIB = EmbeddedDatabase.CACHE_KIB;

    private static final int LARGE_CACHE_KIB = 8 * SMALL_CACHE_KIB;

    /// Rows of a usual batch, one a second, of a service that needs the larger cache.
    private static final int MANY_ROWS = 500;

    private static final int FEW_ROWS = MANY_ROWS / 2;
    private static final double SHARE_OF_LATEST = 0.125;

    /// Rows of a usual batch. Only the results' writer uses the mutable fields.
    private double usualRows;

    private boolean hasLargeCache;

    @Override
    public String idColumns() {
        return "id, tail";
    }

    @Override
    public Object[] idValues(UUID id) {
        return new Object[] {id.getMostSignificantBits(), id.getLeastSignificantBits()};
    }

    @Override
    public Object key(UUID id) {
        return id.getMostSignificantBits();
    }

    @Override
    public String isOfThisProbe() {
        return "r.id >= p.first_id";
    }

    @Override
    public UUID id(ResultSet row) throws SQLException {
        return new UUID(row.getLong("id"), row.getLong("tail"));
    }

    @Override
    public UUID transitionId(ResultSet row) throws SQLException {
        return new UUID(row.getLong("id"), 0);
    }

    /// A small service does not need the pages of a large one. Each probe has a page of its own in
    /// the index.
    @Override
    public void prepare(Database database, List<ProbeResult> results) {
        usualRows += (results.size() - usualRows) * SHARE_OF_LATEST;
        boolean isLarge = usualRows >= (hasLargeCache ? FEW_ROWS : MANY_ROWS);
        if (isLarge != hasLargeCache) {
            int kib = isLarge ? LARGE_CACHE_KIB : SMALL_CACHE_KIB;
            database.inTransaction(jdbc -> jdbc.execute("pragma cache_size = -" + kib));
            hasLargeCache = isLarge;
        }
    }

    /// A connection that was opened again has the smaller cache.
    @Override
    public void refused() {
        hasLargeCache = false;
    }

    @Override
    public void removeOlder(Database database, Instant limit) {
        Dialect.removeOldRows(database, key(ResultCodec.firstId(limit)));
    }

    /// The file does not shrink, but pages that are free take new rows first.
    @Override
    public long usedBytes(Database database) {
        return database.client()
                .sql(
                        "select (page_count - freelist_count) * page_size from pragma_page_count(),"
                                + " pragma_freelist_count(), pragma_page_size()")
                .query(Long.class)
                .single();
    }

    @Override
    public long removeOldest(Database database) {
        int[] removed = new int[1];
        database.inTransaction(
                jdbc ->
                        removed[0] =
                                jdbc.update(
                                        "delete from result where id in (select id from result"
                                                + " order by id limit ?)",
                                        ROWS_AT_ONCE));
        return removed[0];
    }
}
