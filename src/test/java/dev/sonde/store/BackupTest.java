package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.LabRequirement;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.store.buffer.HistoryBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ordinary tool `sqlite3` does with the file of a service that runs.
class BackupTest {

    @TempDir private Path directory;

    @BeforeEach
    void requireTool() {
        LabRequirement.command("sqlite3");
    }

    @Test
    void backupHoldsAllDefinitionsWhenItIsMadeWhileResultsAreWritten() throws Exception {
        Path copies = Files.createDirectory(directory.resolve("copies"));
        Path copy = copies.resolve("sonde.db");
        try (TestDatabase db = TestDatabase.sqlite(directory)) {
            new SqlProbeStore(db.database, db.ids())
                    .save(List.of(Samples.definition("a"), Samples.definition("b")), List.of());
            AtomicBoolean isDone = new AtomicBoolean();
            Thread writing = Thread.ofPlatform().start(() -> write(db, isDone));
            assertThat(sqlite3(".backup " + copy)).isEmpty();
            isDone.set(true);
            writing.join();
        }
        List<StoredProbe> found = new ArrayList<>();
        try (TestDatabase db = TestDatabase.sqlite(copies)) {
            new SqlProbeStore(db.database, db.ids()).forEach(found::add);
            assertThat(new SqlProbeHistory(db.database).results("a", HistoryQuery.newest(10)))
                    .isNotNull();
        }
        assertThat(found).hasSize(2);
    }

    @Test
    void resultsAreReadableWhileTheServiceRuns() throws Exception {
        try (TestDatabase db = TestDatabase.sqlite(directory)) {
            new SqlProbeStore(db.database, db.ids())
                    .save(List.of(Samples.definition("a")), List.of());
            try (ResultWriter writer = writer(db)) {
                writer.accept(Samples.result("a", 1, Samples.REFUSED));
            }
            assertThat(sqlite3("select * from results_readable"))
                    .isEqualTo(
                            "%s|a|db.example:5432|2026-11-20T10:00:01.123Z|failed|refused|0.512\n"
                                    .formatted(Samples.result("a", 1).id()));
        }
    }

    private static void write(TestDatabase db, AtomicBoolean isDone) {
        try (ResultWriter writer = writer(db)) {
            for (int i = 1; !isDone.get(); i++) {
                writer.accept(Samples.result("a", i));
                writer.writeBatch();
            }
        }
    }

    private static ResultWriter writer(TestDatabase db) {
        return new ResultWriter(
                new HistoryTables(db.database, db.rollups(), db.presented()),
                db.ids(),
                Clock.systemUTC(),
                new HistoryBuffer.Limits(1_000, new HeapShare("buffer", 1L << 30)),
                Duration.ofMillis(10));
    }

    private String sqlite3(String command) throws Exception {
        Process process =
                new ProcessBuilder("sqlite3", directory.resolve("sonde.db").toString(), command)
                        .redirectErrorStream(true)
                        .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }
}
