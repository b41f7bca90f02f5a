package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// SQLite: the upper half of an id, of which no other process makes one, is the row's key.
final class SqliteDialect implements Dialect {

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

    @Override
    public void prepare(Database database, List<ProbeResult> results) {}

    @Override
    public void refused() {}

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
