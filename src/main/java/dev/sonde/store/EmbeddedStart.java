package dev.sonde.store;

import dev.sonde.start.StartException;
import dev.sonde.store.embedded.EmbeddedDatabase;
import dev.sonde.store.embedded.LedgerEntry;
import dev.sonde.store.embedded.MigrationFiles;
import dev.sonde.store.embedded.MigrationHistory;
import dev.sonde.store.embedded.Salvage;
import dev.sonde.store.embedded.StartCheck;
import dev.sonde.store.embedded.StartFindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The start of the embedded database: a check, then the migration. It never begins with fewer
/// definitions than before unless that was accepted. For one thread.
final class EmbeddedStart {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStart.class);

    private final EmbeddedDatabase file;
    private final StartFindings findings;

    /// The damaged file, put aside; absent where the file in its place goes on.
    private final @Nullable Path aside;

    /// Whether the tables are those of this version, and the file is in use.
    private boolean begun;

    private EmbeddedStart(EmbeddedDatabase file, StartFindings findings, @Nullable Path aside) {
        this.file = file;
        this.findings = findings;
        this.aside = aside;
    }

    /// @param acceptLoss `sonde.store.accept-loss`
    /// @throws StartException where more definitions are lost; then the file is as it was
    static EmbeddedStart of(EmbeddedDatabase file, long acceptLoss) {
        try {
            StartFindings findings = StartCheck.of(file);
            if (findings.loss() > acceptLoss) {
                throw refused(file, findings);
            }
            Path aside = findings.failure() == null ? null : file.putAside();
            if (!findings.isSound()) {
                log.atWarn()
                        .addKeyValue("file", file.file())
                        .addKeyValue("found", findings.sentence())
                        .addKeyValue("aside", aside)
                        .log("a loss of definitions was accepted (sonde.store.accept-loss)");
            }
            return new EmbeddedStart(file, findings, aside);
        } catch (IOException e) {
            throw new StartException(
                    "The files of the database " + file.file() + " cannot be read: " + e,
                    "Give the user of this process the right to read them.");
        }
    }

    /// Begins with tables that are those of this version already. Has no effect on other ones, and
    /// on an unwritable file.
    ///
    /// @return whether nothing is left to migrate
    boolean resume(Database database) {
        try {
            if (!begun && file.exists() && isMigrated(database)) {
                repair(database);
                file.startChecks();
                begun = true;
            }
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the tables cannot be used as they are");
        }
        return begun;
    }

    /// The writer reads, as Flyway does: the file has to be writable.
    private static boolean isMigrated(Database database) {
        AtomicBoolean isCurrent = new AtomicBoolean();
        database.inTransaction(writer -> isCurrent.set(MigrationHistory.isCurrent(writer)));
        return isCurrent.get();
    }

    /// Brings the tables to this version. On an unwritable file, the existing rows are read.
    void migrate(Flyway flyway, Database database) {
        if (begun) {
            return;
        }
        begun = true;
        try {
            flyway.migrate();
            repair(database);
        } catch (FlywayValidateException e) {
            throw new StartException(
                    "The tables in %s are of another version of Sonde.".formatted(file.file()),
                    "Start the version that wrote them, or set sonde.data-dir to another directory.",
                    e);
        } catch (RuntimeException e) {
            if (!file.exists() || !isCurrent(flyway, database)) {
                throw new StartException(
                        "The database " + file.file() + " cannot be prepared: " + rootMessage(e),
                        "Free some space on its disk, or let the user of this process write to it.");
            }
            log.atWarn()
                    .addKeyValue("file", file.file())
                    .addKeyValue("cause", rootMessage(e))
                    .log("the database cannot be written, what is stored is read");
        }
        file.startChecks();
    }

    private void repair(Database database) {
        Salvage salvage = new Salvage(file);
        if (aside != null) {
            salvage.takeOver(aside);
        } else if (!findings.isSound()) {
            salvage.removeAltered();
        }
        if (!findings.isSound() || !file.ledger().exists()) {
            rewriteLedger(database);
        } else {
            addSources(database);
        }
    }

    /// The ledger of an earlier version lacks the sources of sets.
    private void addSources(Database database) {
        List<LedgerEntry> entries = sources(database);
        if (entries.isEmpty()) {
            return;
        }
        try {
            var listed = file.ledger().read().getOrDefault(LedgerEntry.Kind.SOURCE, Map.of());
            entries.removeIf(entry -> listed.containsKey(entry.name()));
            file.ledger().added(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LedgerEntry> sources(Database database) {
        List<LedgerEntry> entries = new ArrayList<>();
        database.stream(
                "select set_name from set_source",
                row -> entries.add(new LedgerEntry(LedgerEntry.Kind.SOURCE, row.getString(1))));
        return entries;
    }

    private void rewriteLedger(Database database) {
        List<LedgerEntry> entries = sources(database);
        database.stream(
                "select name, version from probe",
                row ->
                        entries.add(
                                new LedgerEntry(
                                        LedgerEntry.Kind.PROBE, row.getString(1), row.getLong(2))));
        database.stream(
                "select name from listener",
                row -> entries.add(new LedgerEntry(LedgerEntry.Kind.LISTENER, row.getString(1))));
        try {
            file.ledger().rewrite(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the tables are those of this version, as far as they can be read.
    private static boolean isCurrent(Flyway flyway, Database database) {
        try {
            List<String> applied =
                    database.client()
                            .sql("select version from flyway_schema_history where success = 1")
                            .query((row, _) -> row.getString(1))
                            .list();
            return new MigrationFiles(List.of(flyway.getConfiguration().getLocations()))
                    .versions().stream().allMatch(applied::contains);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the version of the tables cannot be read");
            return false;
        }
    }

    private static StartException refused(EmbeddedDatabase file, StartFindings findings) {
        return new StartException(
                "The database "
                        + file.file()
                        + " has fewer definitions than it had, or other ones: "
                        + findings.sentence()
                        + ". Nothing was written to it.",
                "Put a copy that is whole in its place (sonde.db, without sonde.db-wal and"
                        + " sonde.db-shm). Or go on without what is lost:"
                        + " --sonde.store.accept-loss="
                        + findings.loss()
                        + " for one start; a file that SQLite cannot read is put aside.");
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
