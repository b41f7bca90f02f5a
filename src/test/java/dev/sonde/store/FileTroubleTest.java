package dev.sonde.store;

import static dev.sonde.store.EmbeddedStartTest.load;
import static dev.sonde.store.EmbeddedStartTest.open;
import static dev.sonde.store.EmbeddedStartTest.probes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sonde.history.RunRecorder;
import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.SmallDisk;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.store.embedded.FileGuard;
import dev.sonde.store.embedded.UnwritableDatabaseException;
import dev.sonde.store.presented.SqlPresentedHistory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trouble with the file of a service that runs: a change is refused with its reason, and taken
/// without a restart once the trouble is over.
class FileTroubleTest {

    @TempDir private Path directory;

    private static void add(StoreConnection store, String name) {
        probes(store).save(List.of(Samples.definition(name)), List.of());
    }

    private static void assertRefused(StoreConnection store, String reason) {
        assertThatExceptionOfType(ChangeRefusedException.class)
                .isThrownBy(() -> add(store, "refused"))
                .withMessageContaining(reason);
    }

    @Test
    void changeIsRefusedWhileAnotherProcessHasLockedTheFile() throws Exception {
        try (StoreConnection store = open(directory, 0)) {
            add(store, "a");
            try (Connection other =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + directory.resolve("sonde.db"));
                    Statement sql = other.createStatement()) {
                sql.execute("begin immediate");
                assertRefused(store, "another process has locked the database");
                assertThat(load(store)).hasSize(1);
                sql.execute("rollback");
            }
            add(store, "b");
            assertThat(load(store)).hasSize(2);
        }
    }

    @Test
    void changeIsRefusedWhileTheFileIsAnotherOne() throws IOException {
        Path file = directory.resolve("sonde.db");
        Path aside = directory.resolve("aside.db");
        try (StoreConnection store = open(directory, 0)) {
            add(store, "a");
            Files.move(file, aside);
            assertRefused(store, "was removed or replaced");
            Files.write(file, new byte[10]);
            assertRefused(store, "was removed or replaced");
            Files.delete(file);
            Files.move(aside, file);
            add(store, "b");
        }
        try (StoreConnection store = open(directory, 0)) {
            assertThat(load(store)).hasSize(2);
        }
    }

    @Test
    void startReadsWhatIsThereWhenTheFileCannotBeWritten() throws IOException {
        LabRequirement.rootWith("mount", "umount");
        try (SmallDisk disk = SmallDisk.mount(directory, 16)) {
            try (StoreConnection store = open(directory, 0)) {
                add(store, "a");
            }
            disk.makeReadOnly(true);
            try (StoreConnection store = open(directory, 0)) {
                assertThat(load(store)).hasSize(1);
                assertRefused(store, "");
                disk.makeReadOnly(false);
                add(store, "b");
                assertThat(load(store)).hasSize(2);
            }
        }
    }

    /// The copy of a file that is in use is what a killed process leaves.
    @Test
    void damageIsFoundAfterAKillAndStopsEveryWrite() throws IOException {
        Path killed = Files.createDirectory(directory.resolve("killed"));
        try (StoreConnection store = open(directory, 0)) {
            add(store, "a");
            write(store);
        }
        try (StoreConnection store = open(directory, 0)) {
            add(store, "b");
            for (String name : List.of("sonde.db", "sonde.db-wal", "sonde.definitions")) {
                Files.copy(directory.resolve(name), killed.resolve(name));
            }
        }
        damageLastPages(killed.resolve("sonde.db"));
        try (StoreConnection store = open(killed, 0)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> isRefusing(Objects.requireNonNull(store.embedded()).guard()));
            assertRefused(store, "is damaged");
            assertThat(load(store)).hasSize(2);
        }
    }

    private static boolean isRefusing(FileGuard guard) {
        try {
            guard.requireIntact();
            return false;
        } catch (UnwritableDatabaseException _) {
            return true;
        }
    }

    private static void write(StoreConnection store) {
        Database database = store.database();
        List<ProbeResult> results =
                LongStream.range(0, 2_000).mapToObj(i -> Samples.result("a", i)).toList();
        Rollups rollups = new Rollups(database, new RunRecorder(), null, Clock.systemUTC());
        new HistoryTables(database, rollups, new SqlPresentedHistory(database))
                .write(results, List.of());
    }

    private static void damageLastPages(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - 8_192);
            bytes.write(new byte[8_192]);
        }
    }
}
