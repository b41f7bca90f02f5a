package dev.sonde.store.embedded;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The migrations that the embedded database of this version has, in their order. With exactly
/// these in its table, a file needs nothing of Flyway. A test compares the checksums with Flyway's
/// own.
public final class MigrationHistory {

    private static final List<Migration> ALL =
            List.of(
                    new Migration("V1__definitions_and_results.sql", -681888174, true),
                    new Migration("V2__incidents.sql", 151145653, true),
                    new Migration("V3__rollups.sql", 490158365, true),
                    new Migration("V4__presented_certificates.sql", 187995825, true),
                    new Migration("V5__maintenances.sql", 413624654, true),
                    new Migration("V6__notifications.sql", 1417427035, true),
                    new Migration("V7__set_sources.sql", 326748300, true),
                    new Migration("V8__authority.sql", -273595694, true),
                    new Migration("V9__transition_detail.sql", 740821511, true),
                    new Migration("V10__tally_of_sources.sql", -2039838250, true),
                    new Migration("V11__deleted_probes.sql", -504329424, true));

    private static final String QUERY =
            "select script, checksum, success from flyway_schema_history order by installed_rank";

    private MigrationHistory() {}

    /// One migration, as Flyway notes it.
    private record Migration(String script, int checksum, boolean succeeded) {

        static Migration of(ResultSet row) throws SQLException {
            return new Migration(row.getString(1), row.getInt(2), row.getBoolean(3));
        }
    }

    /// Whether exactly these migrations have been applied. Every other history is for Flyway to
    /// judge.
    public static boolean isCurrent(JdbcTemplate database) {
        return database.query(QUERY, (row, _) -> Migration.of(row)).equals(ALL);
    }
}
