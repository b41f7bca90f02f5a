package dev.sonde.store.source;

import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.definition.keeping.StoredSources;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.store.Database;
import dev.sonde.store.embedded.RowChecksum;
import dev.sonde.store.embedded.UnwritableDatabaseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Sources in SQL, each row with its checksum. Safe for any thread.
public final class SqlSourceStore implements SourceStore {

    private final Database database;

    public SqlSourceStore(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredSources> all() {
        return database.client()
                .sql("select set_name, sources, checksum from set_source order by set_name")
                .query((row, _) -> read(row))
                .list();
    }

    private static StoredSources read(ResultSet row) throws SQLException {
        String set = row.getString("set_name");
        String json = row.getString("sources");
        boolean isIntact = row.getLong("checksum") == RowChecksum.of(set, json);
        return new StoredSources(set, isIntact ? json : null);
    }

    @Override
    public void put(String set, @Nullable String json) {
        if (json == null) {
            database.inTransaction(jdbc -> delete(jdbc, set));
            return;
        }
        try {
            database.write(
                    jdbc -> {
                        delete(jdbc, set);
                        jdbc.update(
                                "insert into set_source (set_name, sources, checksum)"
                                        + " values (?, ?, ?)",
                                set,
                                json,
                                RowChecksum.of(set, json));
                    });
        } catch (UnwritableDatabaseException e) {
            throw new ChangeRefusedException(String.valueOf(e.getMessage()), e.isDiskFull(), e);
        }
    }

    private static void delete(JdbcTemplate jdbc, String set) {
        jdbc.update("delete from set_source where set_name = ?", set);
    }
}
