package dev.sonde.store.embedded;

import dev.sonde.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/// SQLite in `<data-dir>/sonde.db`: one connection that writes, a few that read beside it. Safe for
/// any thread.
///
/// WAL with `synchronous=NORMAL`: a commit has been given to the operating system, so it survives
/// the death of the process. A power cut may lose the latest commits. It cannot damage the file.
public final class EmbeddedDatabase implements AutoCloseable {

    /// Of the writer: pages of the file in memory, beside the heap.
    public static final int CACHE_KIB = SqliteConnections.CACHE_KIB;

    private static final int READERS = 4;
    private final DatabaseFiles files;
    private final FileGuard guard;
    private final DefinitionLedger ledger;
    private final boolean killed;
    private final SqliteConnections connections;
    private final SqlitePool writer;
    private final SqlitePool readers;
    private final FileCheck check;
    private final SqliteFailures failures;

    private EmbeddedDatabase(DatabaseFiles files, long reserveBytes) {
        this.files = files;
        this.guard = new FileGuard(files.database(), reserveBytes);
        this.ledger = new DefinitionLedger(files.ledger());
        this.killed = files.hasCommitsInLog();
        this.connections = new SqliteConnections(files, guard);
        this.writer = new SqlitePool(1, this::openWriter);
        this.readers = new SqlitePool(READERS, connections::reader);
        this.check = new FileCheck(guard, connections::reader);
        this.failures = new SqliteFailures(guard, this::openAnew, check::ask);
    }

    /// Finds the file in a directory that no other process uses. Nothing is written to it yet.
    ///
    /// @param reserveBytes free space of the disk below which nothing is added
    /// @throws StartException if the directory holds the database before this one, or SQLite cannot
    ///     be loaded
    public static EmbeddedDatabase open(Path directory, long reserveBytes) {
        DatabaseFiles files = new DatabaseFiles(directory);
        if (Files.exists(files.former()) && !Files.exists(files.database())) {
            throw new StartException(
                    "The data directory "
                            + files.directory()
                            + " holds a database of an earlier build (sonde.mv.db), which this one does not read.",
                    "Start the earlier build, and save GET /api/v1/probes and GET "
                            + "/api/v1/listeners. Start this one on an empty directory. Send the "
                            + "probes to POST /api/v1/probes/bulk, each listener to PUT "
                            + "/api/v1/listeners/{name}.");
        }
        NativeLibrary.load();
        return new EmbeddedDatabase(files, reserveBytes);
    }

    public Path file() {
        return files.database();
    }

    /// Whether there is a file with content, as after a first start.
    public boolean exists() {
        return DatabaseFiles.size(files.database()) > 0;
    }

    /// Whether the process before this one was killed, or the machine was switched off.
    public boolean wasKilled() {
        return killed;
    }

    /// One connection at a time, which may write.
    public DataSource writer() {
        return writer;
    }

    /// Connections that cannot write.
    public DataSource readers() {
        return readers;
    }

    public FileGuard guard() {
        return guard;
    }

    public DefinitionLedger ledger() {
        return ledger;
    }

    public SQLExceptionTranslator failures() {
        return failures;
    }

    /// Begins to check the whole file where the last stop was not clean, and when damage is met.
    public void startChecks() {
        if (killed) {
            check.ask();
        }
        check.start();
    }

    /// A connection that changes nothing in the directory, so it works on a full or a read-only
    /// disk. The log is read only where it has commits.
    public Connection openForReading() throws SQLException {
        return connections.readerWithoutTraces();
    }

    /// Puts the file aside, with its log, so that a new one takes its place.
    ///
    /// @return where it is now
    public Path putAside() throws IOException {
        Path aside = files.aside();
        Files.move(files.database(), aside);
        if (Files.exists(files.log())) {
            Files.move(files.log(), aside.resolveSibling(aside.getFileName() + "-wal"));
        }
        Files.deleteIfExists(files.sharedMemory());
        return aside;
    }

    /// A connection that reads another database file.
    public static Connection openOther(Path file) throws SQLException {
        return SqliteConnections.read(file, "");
    }

    /// The writer goes last: it empties the log into the file and removes it.
    @Override
    public void close() throws IOException {
        check.close();
        readers.close();
        writer.close();
        ledger.close();
    }

    private Connection openWriter() throws SQLException {
        Connection connection = connections.writer();
        // One that could not see a log is not to be used beside a writer.
        readers.reset();
        return connection;
    }

    private void openAnew() {
        readers.reset();
        writer.reset();
    }
}
