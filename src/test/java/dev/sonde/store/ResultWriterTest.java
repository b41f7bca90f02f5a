package dev.sonde.store;

import static dev.sonde.store.Samples.definition;
import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.memory.HeapShare;
import dev.sonde.store.buffer.HistoryBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the writer's thread works, and when it rests.
class ResultWriterTest {

    private static final Duration SOON = Duration.ofMillis(10);
    private static final Duration LATE = Duration.ofHours(1);

    @TempDir private Path directory;
    private TestDatabase db;
    private HistoryTables tables;

    @BeforeEach
    void open() {
        db = TestDatabase.sqlite(directory);
        new SqlProbeStore(db.database, db.ids()).save(List.of(definition("a")), List.of());
        tables = new HistoryTables(db.database, db.rollups(), db.presented());
    }

    @AfterEach
    void close() {
        db.close();
    }

    private ResultWriter started(Duration pause) {
        return started(pause, 1L << 30);
    }

    private ResultWriter started(Duration pause, long bytes) {
        ResultWriter writer =
                new ResultWriter(
                        tables,
                        db.ids(),
                        Clock.systemUTC(),
                        new HistoryBuffer.Limits(10_000, new HeapShare("buffer", bytes)),
                        pause);
        writer.start();
        return writer;
    }

    @Test
    void writerRestsBeforeAndAfterARow() {
        try (ResultWriter writer = started(SOON)) {
            await().until(writer::isResting);
            writer.accept(result("a", 1));
            await().until(() -> writer.health().written() == 1);
            await().until(writer::isResting);
        }
    }

    @Test
    void largeBatchIsWrittenBeforeItsTime() {
        try (ResultWriter writer = started(LATE)) {
            for (int i = 0; i < 2_500; i++) {
                writer.accept(result("a", i));
            }
            await().until(() -> writer.health().written() == 2_500);
        }
    }

    @Test
    void workIsDoneAtOnceWhenTheWriterPauses() {
        try (ResultWriter writer = started(LATE)) {
            writer.accept(result("a", 1));
            CompletableFuture<Thread> by = new CompletableFuture<>();
            tables.work().add(() -> by.complete(Thread.currentThread()));
            assertThat(by.join().getName()).isEqualTo("store-writer");
            assertThat(writer.health().written()).isEqualTo(1);
        }
    }

    @Test
    void healthIsTrueWhenTheWriterRests() throws IOException {
        Path file = directory.resolve("sonde.db");
        Path aside = directory.resolve("aside.db");
        try (ResultWriter writer = started(SOON)) {
            await().until(writer::isResting);
            Files.move(file, aside);
            assertThat(writer.checkedHealth().failing()).isNotNull();
            await().until(writer::isBehind);
            Files.move(aside, file);
            await().until(() -> !writer.isBehind());
        }
    }

    /// A result with its objects weighs more than a kilobyte.
    @Test
    void fewBytesOfEachResultWaitForTheDatabase() throws IOException {
        Path file = directory.resolve("sonde.db");
        Path aside = directory.resolve("aside.db");
        try (ResultWriter writer = started(SOON, 100_000)) {
            Files.move(file, aside);
            for (int i = 0; i < 250; i++) {
                writer.accept(result("a", i));
            }
            Files.move(aside, file);
            await().until(() -> writer.health().buffered() == 0);
            assertThat(writer.health().lost()).isZero();
            assertThat(writer.health().written()).isEqualTo(250);
        }
    }
}
