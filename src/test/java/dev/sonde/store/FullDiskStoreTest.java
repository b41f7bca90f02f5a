package dev.sonde.store;

import static dev.sonde.store.Samples.START;
import static dev.sonde.store.Samples.definition;
import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.SmallDisk;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.store.buffer.HistoryBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the embedded database makes of a disk without a byte left.
class FullDiskStoreTest {

    private static final int MOST_RESULTS = 500;

    @TempDir private Path directory;

    @Test
    void nothingIsLostWhenADiskIsFullForAWhile() throws IOException {
        LabRequirement.rootWith("mount", "umount");
        try (SmallDisk disk = SmallDisk.mount(directory, 16);
                TestDatabase db = TestDatabase.sqlite(directory)) {
            new SqlProbeStore(db.database, db.ids()).save(List.of(definition("a")), List.of());
            ResultWriter writer =
                    new ResultWriter(
                            new HistoryTables(db.database, db.rollups(), db.presented()),
                            db.ids(),
                            Clock.fixed(START, ZoneOffset.UTC),
                            new HistoryBuffer.Limits(10_000, new HeapShare("buffer", 1L << 30)),
                            Duration.ofMillis(10));
            disk.fill();
            int results = 0;
            do {
                results++;
                writer.accept(result("a", results));
            } while (writer.writeBatch() && results < MOST_RESULTS);
            assertThat(writer.health().lastError()).contains("the disk is full");
            assertThat(writer.writeBatch()).isFalse();

            disk.free();
            await().until(writer::writeBatch);
            assertThat(writer.health().lost()).isZero();
            assertThat(
                            new SqlProbeHistory(db.database)
                                    .results("a", HistoryQuery.newest(1_000))
                                    .items())
                    .hasSize(results);
        }
    }
}
