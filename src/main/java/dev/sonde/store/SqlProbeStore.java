package dev.sonde.store;

import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ResourceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/// Definitions in SQL. Safe for any thread; a method returns when the database has committed.
final class SqlProbeStore implements ProbeStore {

    private static final int ROWS_AT_ONCE = 5_000;

    private static final String INSERT =
            """
            insert into probe (target, interval_nanos, settings, labels, paused, rise, fall,
                version, updated_at, id, name, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String UPDATE =
            """
            update probe set target = ?, interval_nanos = ?, settings = ?, labels = ?, paused = ?,
                rise = ?, fall = ?, version = ?, updated_at = ?
            where id = ?""";

    /// A state older than the definition is that of a deleted probe of the same name.
    private static final String SELECT =
            """
            select p.*, s.state, s.since
            from probe p
            left join probe_state s on s.probe_id = p.id and s.since >= p.created_at
            where p.seq > ? order by p.seq fetch first\s"""
                    + ROWS_AT_ONCE
                    + " rows only";

    private record NumberedProbe(long seq, StoredProbe probe) {

        static NumberedProbe read(ResultSet row) throws SQLException {
            return new NumberedProbe(row.getLong("seq"), DefinitionRow.read(row));
        }
    }

    private final Database database;

    SqlProbeStore(Database database) {
        this.database = database;
    }

    @Override
    public void save(List<ProbeDefinition> created, List<ProbeDefinition> replaced) {
        database.write(jdbc -> save(jdbc, created, replaced));
    }

    static void save(
            JdbcTemplate jdbc, List<ProbeDefinition> created, List<ProbeDefinition> replaced) {
        jdbc.batchUpdate(INSERT, created.stream().map(SqlProbeStore::insert).toList());
        jdbc.batchUpdate(UPDATE, replaced.stream().map(SqlProbeStore::update).toList());
    }

    @Override
    public void delete(String name) {
        database.inTransaction(jdbc -> delete(jdbc, name));
    }

    static void delete(JdbcTemplate jdbc, String name) {
        long key = ResourceName.key(name);
        jdbc.update("delete from probe_state where probe_id = ?", key);
        jdbc.update("delete from probe where id = ?", key);
    }

    @Override
    public void forEach(Consumer<StoredProbe> consumer) {
        Long after = 0L;
        while (after != null) {
            List<NumberedProbe> rows =
                    database.client()
                            .sql(SELECT)
                            .param(after)
                            .query((row, _) -> NumberedProbe.read(row))
                            .list();
            rows.forEach(row -> consumer.accept(row.probe()));
            after = rows.size() < ROWS_AT_ONCE ? null : (Long) rows.getLast().seq();
        }
    }

    private static Object[] insert(ProbeDefinition definition) {
        return append(
                DefinitionRow.changing(definition),
                ResourceName.key(definition.name()),
                definition.name(),
                DefinitionRow.timestamp(definition.createdAt()));
    }

    private static Object[] update(ProbeDefinition definition) {
        return append(DefinitionRow.changing(definition), ResourceName.key(definition.name()));
    }

    private static Object[] append(Object[] first, Object... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray();
    }
}
