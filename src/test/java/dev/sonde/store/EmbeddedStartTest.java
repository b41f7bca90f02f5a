package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.SmallDisk;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.WaitingRows;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.start.StartException;
import dev.sonde.store.embedded.LedgeredListenerStore;
import dev.sonde.store.embedded.LedgeredProbeStore;
import dev.sonde.store.embedded.LedgeredSourceStore;
import dev.sonde.store.source.SqlSourceStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Starts of the embedded database, also on a file that something happened to.
class EmbeddedStartTest {

    private static final int PROBES = 200;

    @TempDir private Path directory;

    /// Something that happens to `sonde.db` while nobody uses it.
    interface Damage {
        void happenTo(Path file) throws IOException, SQLException;
    }

    @BeforeEach
    void define() throws IOException {
        try (StoreConnection store = open(0)) {
            probes(store)
                    .save(
                            IntStream.range(0, PROBES)
                                    .mapToObj(i -> Samples.definition("probe-" + i))
                                    .toList(),
                            List.of());
            probes(store).delete("probe-7");
        }
    }

    static Stream<Damage> damages() {
        return Stream.of(
                EmbeddedStartTest::cut,
                file -> Files.write(file, new byte[0]),
                Files::delete,
                file -> Files.write(file, new byte[10_000]),
                file -> change(file, "update probe set target = 'x:1' where name = 'probe-3'"),
                file -> change(file, "delete from probe where name = 'probe-3'"),
                file -> change(file, "update probe set version = 1, checksum = 0"),
                EmbeddedStartTest::turnBytes);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void startIsRefusedAndTheFileIsLeftWhenDefinitionsAreGone(Damage damage) throws Exception {
        Path file = directory.resolve("sonde.db");
        damage.happenTo(file);
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining("fewer definitions")
                .withMessageContaining("probe probe-");
        assertThat(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void startGoesOnWithWhatIsWholeWhenTheLossIsAccepted(Damage damage) throws Exception {
        damage.happenTo(directory.resolve("sonde.db"));
        int left;
        try (StoreConnection store = open(PROBES)) {
            left = load(store).size();
            assertThat(left).isLessThan(PROBES - 1);
            probes(store).save(List.of(Samples.definition("new")), List.of());
        }
        try (StoreConnection store = open(0)) {
            assertThat(load(store)).hasSize(left + 1);
        }
    }

    @Test
    void whatWasDamagedIsPutAsideAndReadAsFarAsItCanBeWhenTheLossIsAccepted() throws Exception {
        cut(directory.resolve("sonde.db"));
        try (StoreConnection store = open(PROBES)) {
            assertThat(load(store)).isNotNull();
        }
        assertThat(directory.resolve("sonde.db.damaged")).exists();
    }

    /// The names are in the ledger, the number is in the database itself.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from set_source | 1 missing: source web",
                "update tally set number = 2 where kind = 'source' | 1 more are missing",
                "update set_source set sources = '[7]' | 1 altered or older than they were: source web"
            })
    void startIsRefusedWhenSourcesOfASetAreDamaged(String damage, String told) throws Exception {
        try (StoreConnection store = open(0)) {
            sources(store).put("web", "[]");
            sources(store).put("gone", "[]");
            sources(store).put("gone", null);
        }
        change(directory.resolve("sonde.db"), damage);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining(told);
        open(1).close();
        try (StoreConnection store = open(0)) {
            assertThat(load(store)).hasSize(PROBES - 1);
        }
    }

    /// The table `tally` and the ledger of an earlier version have no sources.
    @Test
    void sourcesCountWhenAnEarlierVersionWroteThem() throws Exception {
        try (StoreConnection store = open(0)) {
            sources(store).put("web", "[]");
        }
        Path ledger = directory.resolve("sonde.definitions");
        Files.writeString(ledger, Files.readString(ledger).replaceAll(".* source .*\n", ""));
        change(directory.resolve("sonde.db"), "delete from tally where kind = 'source'");
        open(0).close();
        change(directory.resolve("sonde.db"), "delete from set_source");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining("1 missing: source web");
    }

    private static SourceStore sources(StoreConnection store) {
        return new LedgeredSourceStore(
                new SqlSourceStore(store.database()),
                Objects.requireNonNull(store.embedded()).ledger());
    }

    @Test
    void theLedgerHasTheListenersOfASetWhenItsTransactionEnded() throws Exception {
        try (StoreConnection store = open(0)) {
            ListenerStore listeners =
                    new LedgeredListenerStore(
                            new SqlListenerStore(store.database()),
                            Objects.requireNonNull(store.embedded()).ledger());
            listeners.save(Samples.listener("kept", "::1", 1));
            WaitingRows rows = new WaitingRows(listeners);
            rows.delete("kept");
            rows.save(Samples.listener("never", "::1", 1));
            Runnable failing =
                    () -> {
                        rows.write();
                        throw new IllegalStateException("no more");
                    };
            List<ProbeDefinition> none = List.of();
            assertThatIllegalStateException()
                    .isThrownBy(() -> probes(store).change(none, none, List.of(), failing));
        }
        change(directory.resolve("sonde.db"), "delete from listener");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining("1 missing: listener kept");
    }

    @Test
    void startGoesOnWhenNothingHappened() throws IOException {
        try (StoreConnection store = open(0)) {
            assertThat(load(store)).hasSize(PROBES - 1);
        }
    }

    @Test
    void startGoesOnWhenTheLastLineOfTheLedgerWasCutOff() throws IOException {
        Path ledger = directory.resolve("sonde.definitions");
        Files.writeString(ledger, "\n+ probe 5 hal", StandardOpenOption.APPEND);
        try (StoreConnection store = open(0)) {
            probes(store).save(List.of(Samples.definition("new")), List.of());
        }
        try (StoreConnection store = open(0)) {
            assertThat(load(store)).hasSize(PROBES);
        }
    }

    @Test
    void startWorksOnAFullDiskAndChangesAreTakenWhenThereIsRoomAgain() throws IOException {
        LabRequirement.rootWith("mount", "umount");
        try (SmallDisk disk = SmallDisk.mount(directory, 16)) {
            define();
            disk.fill();
            try (StoreConnection store = open(0)) {
                assertThat(load(store)).hasSize(PROBES - 1);
                List<ProbeDefinition> added = List.of(Samples.definition("new"));
                assertThatExceptionOfType(ChangeRefusedException.class)
                        .isThrownBy(() -> probes(store).save(added, List.of()))
                        .matches(ChangeRefusedException::isStorageFull);
                disk.free();
                probes(store).save(added, List.of());
                assertThat(load(store)).hasSize(PROBES);
            }
        }
    }

    @Test
    void startIsRefusedWhenTheDirectoryHoldsTheFormerDatabase() throws IOException {
        Path other = Files.createDirectory(directory.resolve("former"));
        Files.createFile(other.resolve("sonde.mv.db"));
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> StoreConnection.toEmbedded(other, 0, 0))
                .withMessageContaining("sonde.mv.db");
    }

    @Test
    void startIsRefusedWhenTheTablesAreOfAnotherVersion() throws SQLException {
        change(
                directory.resolve("sonde.db"),
                "update flyway_schema_history set checksum = 1 where version = '2'");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> open(0))
                .withMessageContaining("are of another version of Sonde");
    }

    @Test
    void nobodyElseMayReadTheFiles() throws IOException {
        try (StoreConnection store = open(0);
                Stream<Path> files = Files.list(directory)) {
            assertThat(load(store)).isNotEmpty();
            assertThat(files.map(EmbeddedStartTest::permissions)).containsOnly("rw-------");
        }
    }

    private static void cut(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 8192 * 4096);
        }
    }

    private static void turnBytes(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 20_000; at < bytes.length(); at += bytes.length() / 100) {
                bytes.seek(at);
                int before = bytes.read();
                bytes.seek(at);
                bytes.write(before ^ 0x55);
            }
        }
    }

    private static void change(Path file, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private StoreConnection open(long acceptLoss) {
        return open(directory, acceptLoss);
    }

    /// A migrated database, as a start opens it.
    static StoreConnection open(Path directory, long acceptLoss) {
        StoreConnection store = StoreConnection.toEmbedded(directory, 0, acceptLoss);
        store.migrate(
                Flyway.configure()
                        .dataSource(store.dataSource())
                        .locations(store.migrations())
                        .load());
        return store;
    }

    static ProbeStore probes(StoreConnection store) {
        ResultIds ids = new ResultIds(Replica.alone("a"));
        return new LedgeredProbeStore(
                new SqlProbeStore(store.database(), ids),
                Objects.requireNonNull(store.embedded()).ledger());
    }

    static List<StoredProbe> load(StoreConnection store) {
        List<StoredProbe> loaded = new ArrayList<>();
        probes(store).forEach(loaded::add);
        return loaded;
    }
}
