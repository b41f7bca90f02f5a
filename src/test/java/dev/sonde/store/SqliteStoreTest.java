package dev.sonde.store;

import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeResult;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir private static Path directory;
    private static TestDatabase db;

    @BeforeAll
    static void start() {
        db = TestDatabase.sqlite(directory);
    }

    @AfterAll
    static void stop() {
        db.close();
    }

    @Test
    void onlyManyRowsASecondTakeTheLargeCache() {
        SqliteDialect dialect = new SqliteDialect();
        assertThat(cacheKib()).isEqualTo(8_192);
        dialect.prepare(db.database, rows(5_000));
        assertThat(cacheKib()).isEqualTo(65_536);
        for (int second = 0; second < 20; second++) {
            dialect.prepare(db.database, rows(100));
        }
        assertThat(cacheKib()).isEqualTo(8_192);
    }

    private static List<ProbeResult> rows(int number) {
        return Collections.nCopies(number, result("a", 1));
    }

    private static int cacheKib() {
        AtomicInteger kib = new AtomicInteger();
        db.database.inTransaction(
                jdbc -> kib.set(-jdbc.queryForList("pragma cache_size", Integer.class).getFirst()));
        return kib.get();
    }

    @Override
    TestDatabase database() {
        return db;
    }
}
