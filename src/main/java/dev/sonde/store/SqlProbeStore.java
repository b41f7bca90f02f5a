package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.incident.IncidentTables;
import dev.sonde.store.row.DefinitionColumns;
import dev.sonde.store.row.DefinitionRow;
import dev.sonde.store.row.SettingsByText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/// Definitions in SQL. Safe for any thread; a method returns when the database has committed.
final class SqlProbeStore implements ProbeStore {

    private static final Logger log = LoggerFactory.getLogger(SqlProbeStore.class);

    private static final String INSERT =
            """
            insert into probe (target, interval_nanos, settings, labels, paused, rise, fall,
                version, updated_at, checksum, id, name, created_at, first_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String FORGET_STATE = "delete from probe_state where probe_id = ?";

    /// The name of a deleted probe, for its results.
    private static final String REMEMBER =
            """
            insert into deleted_probe (id, name) select id, name from probe where id = ?
            on conflict (id) do update set at = null""";

    private static final String FORGET_ROLLUPS = "delete from rollup where probe_id = ?";

    private static final String UPDATE =
            """
            update probe set target = ?, interval_nanos = ?, settings = ?, labels = ?, paused = ?,
                rise = ?, fall = ?, version = ?, updated_at = ?, checksum = ?
            where id = ?""";

    private static final String SELECT =
            """
            select p.*, s.state, s.since
            from probe p left join probe_state s on s.probe_id = p.id
            order by p.seq""";

    private static final String FIND =
            """
            select p.*, s.state, s.since
            from probe p left join probe_state s on s.probe_id = p.id
            where p.id = ?""";

    private final Database database;

    private final ResultIds ids;
    private final RunRecorder recorder;

    SqlProbeStore(Database database, ResultIds ids) {
        this(database, ids, new RunRecorder());
    }

    /// @param recorder of runs that are in no roll-up of the database yet
    SqlProbeStore(Database database, ResultIds ids, RunRecorder recorder) {
        this.database = database;
        this.ids = ids;
        this.recorder = recorder;
    }

    @Override
    public void change(
            List<ProbeDefinition> created,
            List<ProbeDefinition> replaced,
            List<String> deleted,
            Runnable more) {
        database.write(
                jdbc -> {
                    delete(jdbc, deleted);
                    save(jdbc, created, replaced);
                    more.run();
                });
    }

    /// Saves definitions. Earlier results and states belong to a deleted probe of the same name,
    /// not to a created one.
    void save(JdbcTemplate jdbc, List<ProbeDefinition> created, List<ProbeDefinition> replaced) {
        jdbc.batchUpdate(
                FORGET_STATE,
                created.stream().map(it -> new Object[] {ResourceName.key(it.name())}).toList());
        for (ProbeDefinition definition : created) {
            IncidentTables.forget(jdbc, definition.name(), definition.createdAt());
            jdbc.update(FORGET_ROLLUPS, ResourceName.key(definition.name()));
        }
        jdbc.batchUpdate(
                INSERT,
                created.stream().map(it -> DefinitionColumns.insert(it, firstId(it))).toList());
        jdbc.batchUpdate(UPDATE, replaced.stream().map(DefinitionColumns::update).toList());
    }

    @Override
    public void delete(String name) {
        database.inTransaction(jdbc -> delete(jdbc, List.of(name)));
    }

    private long firstId(ProbeDefinition created) {
        long first = ids.next(created.createdAt()).getMostSignificantBits();
        recorder.begin(created.name(), first);
        return first;
    }

    static void delete(JdbcTemplate jdbc, List<String> names) {
        List<Object[]> keys =
                names.stream().map(name -> new Object[] {ResourceName.key(name)}).toList();
        jdbc.batchUpdate(FORGET_STATE, keys);
        jdbc.batchUpdate(FORGET_ROLLUPS, keys);
        jdbc.batchUpdate(REMEMBER, keys);
        jdbc.batchUpdate("delete from probe where id = ?", keys);
    }

    @Override
    public void forEach(Consumer<StoredProbe> consumer) {
        SettingsByText known = new SettingsByText();
        database.stream(SELECT, row -> readable(row, known).ifPresent(consumer));
    }

    @Override
    public Optional<StoredProbe> find(String name) {
        List<StoredProbe> found = new ArrayList<>(1);
        database.client()
                .sql(FIND)
                .param(ResourceName.key(name))
                .query(
                        row -> {
                            readable(row, new SettingsByText()).ifPresent(found::add);
                        });
        return found.stream().findFirst();
    }

    /// The probe of a row. A row that this version cannot read stays in the table and affects no
    /// other.
    ///
    /// @param known of rows before
    static Optional<StoredProbe> readable(ResultSet row, SettingsByText known) throws SQLException {
        try {
            StoredProbe read = DefinitionRow.read(row, known);
            DefinitionRow.requireIntact(row);
            return Optional.of(read);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("probe", row.getString("name"))
                    .addKeyValue("cause", e.getMessage())
                    .log("a stored definition cannot be used and is kept");
            return standIn(row, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<StoredProbe> standIn(ResultSet row, String reason) throws SQLException {
        try {
            return Optional.of(DefinitionRow.standIn(row, reason));
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("no part of a stored definition can be read");
            return Optional.empty();
        }
    }
}
