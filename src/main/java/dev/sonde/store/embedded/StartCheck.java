package dev.sonde.store.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The check of all definitions before anything is written. Each is compared with its checksum.
/// Their number and sum are compared with the table `tally`. Their names are compared with the
/// ledger beside the file. For one thread.
public final class StartCheck {

    private final EmbeddedDatabase file;
    private final Map<LedgerEntry.Kind, Map<String, Long>> acknowledged;
    private final List<String> altered = new ArrayList<>();
    private long found;
    private long uncounted;

    private StartCheck(EmbeddedDatabase file, Map<LedgerEntry.Kind, Map<String, Long>> known) {
        this.file = file;
        this.acknowledged = known;
    }

    public static StartFindings of(EmbeddedDatabase file) throws IOException {
        return new StartCheck(file, file.ledger().read()).check();
    }

    private StartFindings check() {
        String failure = file.exists() ? read() : null;
        List<String> missing = new ArrayList<>();
        acknowledged.forEach(
                (kind, names) ->
                        names.keySet().stream()
                                .sorted()
                                .forEach(name -> missing.add(kind.word() + " " + name)));
        return new StartFindings(
                found, missing, altered, Math.max(0, uncounted - missing.size()), failure);
    }

    private @Nullable String read() {
        try (Connection connection = file.openForReading();
                Statement statement = connection.createStatement()) {
            if (hasTable(statement, "tally")) {
                read(statement, LedgerEntry.Kind.PROBE, "version");
                read(statement, LedgerEntry.Kind.LISTENER, "0");
            }
            if (hasTable(statement, LedgerEntry.Kind.SOURCE.table())) {
                read(statement, LedgerEntry.Kind.SOURCE, "0");
            }
            return null;
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static boolean hasTable(Statement statement, String name) throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        "select 1 from sqlite_master where type = 'table' and name = '"
                                + name
                                + "'")) {
            return row.next();
        }
    }

    private void read(Statement statement, LedgerEntry.Kind kind, String version)
            throws SQLException {
        Map<String, Long> names = acknowledged.getOrDefault(kind, Map.of());
        long number = 0;
        long sum = 0;
        String query = CheckedRow.query(kind, version);
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                CheckedRow row = CheckedRow.of(rows.getBytes(1));
                Long known = names.remove(row.name());
                boolean isOlder = known != null && row.version() < known;
                if (isOlder || !row.isIntact()) {
                    altered.add(kind.word() + " " + row.name());
                }
                number++;
                sum += row.checksum();
                found++;
            }
        }
        compare(statement, kind, number, sum);
    }

    private void compare(Statement statement, LedgerEntry.Kind kind, long number, long sum)
            throws SQLException {
        try (ResultSet row =
                statement.executeQuery(
                        "select number, checksums from tally where kind = '" + kind.word() + "'")) {
            boolean isCounted = row.next();
            if (!isCounted && kind == LedgerEntry.Kind.SOURCE) {
                // An earlier version wrote the file.
                return;
            }
            long missing = isCounted ? row.getLong(1) - number : 1;
            boolean isExchanged = isCounted && missing == 0 && row.getLong(2) != sum;
            uncounted += isExchanged ? 1 : Math.abs(missing);
        }
    }
}
