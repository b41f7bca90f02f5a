package dev.sonde.store.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The recovery after an accepted loss of definitions. Undamaged ones are kept. For one thread.
public final class Salvage {

    private static final Logger log = LoggerFactory.getLogger(Salvage.class);

    private final JdbcTemplate template;
    private final TransactionTemplate transactions;

    public Salvage(EmbeddedDatabase file) {
        this.template = new JdbcTemplate(file.writer());
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(file.writer()));
    }

    /// Takes over what can be read of a damaged file, from both ends of each table.
    public void takeOver(Path damaged) {
        for (LedgerEntry.Kind kind : LedgerEntry.Kind.values()) {
            takeOver(damaged, kind, "asc");
            takeOver(damaged, kind, "desc");
        }
        takeOverAuthority(damaged);
    }

    /// A changed row is noticed when it is decrypted.
    private void takeOverAuthority(Path damaged) {
        try (Connection old = EmbeddedDatabase.openOther(damaged);
                Statement statement = old.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select name, key_id, body from authority_material")) {
            transactions.executeWithoutResult(_ -> copyMaterial(row));
        } catch (SQLException e) {
            log.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("the authority of a damaged database cannot be read");
        }
    }

    private void copyMaterial(ResultSet row) {
        try {
            while (row.next()) {
                template.update(
                        """
                        insert or ignore into authority_material (name, key_id, body)
                        values (?, ?, ?)""",
                        row.getString(1),
                        row.getString(2),
                        row.getString(3));
            }
        } catch (SQLException e) {
            log.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("the authority of a damaged database was read in part");
        }
    }

    /// Removes rows without their checksums, and counts those that stay.
    public void removeAltered() {
        transactions.executeWithoutResult(
                _ -> {
                    for (LedgerEntry.Kind kind : LedgerEntry.Kind.values()) {
                        removeAltered(template, kind);
                    }
                });
    }

    private void takeOver(Path damaged, LedgerEntry.Kind kind, String order) {
        try (Connection old = EmbeddedDatabase.openOther(damaged);
                Statement statement = old.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select *, %s as whole from %s order by %s %s"
                                        .formatted(
                                                kind.text(), kind.table(), kind.order(), order))) {
            transactions.executeWithoutResult(_ -> copy(row, kind, template));
        } catch (SQLException e) {
            log.atWarn()
                    .addKeyValue("table", kind.table())
                    .addKeyValue("cause", e.getMessage())
                    .log("a damaged database cannot be read");
        }
    }

    private static void copy(ResultSet row, LedgerEntry.Kind kind, JdbcTemplate jdbc) {
        try {
            int columns = row.getMetaData().getColumnCount() - 1;
            String insert =
                    "insert or ignore into %s values (%s)"
                            .formatted(
                                    kind.table(),
                                    String.join(", ", Collections.nCopies(columns, "?")));
            while (row.next()) {
                byte[] whole = row.getBytes("whole");
                if (whole != null && RowChecksum.of(whole) == row.getLong("checksum")) {
                    Object[] values = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = row.getObject(i + 1);
                    }
                    jdbc.update(insert, values);
                }
            }
        } catch (SQLException e) {
            log.atWarn()
                    .addKeyValue("table", kind.table())
                    .addKeyValue("cause", e.getMessage())
                    .log("a damaged table was read in part");
        }
    }

    private static void removeAltered(JdbcTemplate jdbc, LedgerEntry.Kind kind) {
        String table = kind.table();
        jdbc.query(
                "select %s, checksum, %s as whole from %s"
                        .formatted(kind.nameColumn(), kind.text(), table),
                row -> {
                    byte[] whole = row.getBytes("whole");
                    if (whole == null || RowChecksum.of(whole) != row.getLong("checksum")) {
                        jdbc.update(
                                "delete from %s where %s = ?".formatted(table, kind.nameColumn()),
                                row.getString(1));
                    }
                });
        jdbc.update(
                """
                update tally set number = (select count(*) from %1$s),
                    checksums = (select coalesce(sum(checksum), 0) from %1$s)
                where kind = ?"""
                        .formatted(table),
                kind.word());
    }
}
