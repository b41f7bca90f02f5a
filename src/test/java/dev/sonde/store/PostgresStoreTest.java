package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.keeping.StoredProbe;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {

    private static final long DAY = 86_400;

    private static EmbeddedPostgres postgres;
    private static TestDatabase db;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        db = TestDatabase.postgres(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @AfterAll
    static void stop() throws IOException {
        db.close();
        postgres.close();
    }

    @Test
    void daysAreDroppedAsAWholeWhenTheyAreOld() {
        Dialect dialect = db.database.dialect();
        dialect.prepare(db.database, List.of(Samples.result("a", -3 * DAY)));
        dialect.prepare(db.database, List.of(Samples.result("a", -DAY), Samples.result("a", 0)));
        dialect.removeOlder(db.database, Samples.START.minusSeconds(2 * DAY));
        assertThat(
                        db.database
                                .client()
                                .sql(
                                        "select inhrelid::regclass::text from pg_inherits"
                                                + " where inhparent = 'result'::regclass order by 1")
                                .query(String.class)
                                .list())
                .contains("result_20261119", "result_20261120", "result_20261121")
                .doesNotContain("result_20261117");
    }

    @Test
    void alteredDefinitionsStandInForThemselvesAndSayWhy() {
        new SqlProbeStore(db.database, db.ids())
                .save(List.of(Samples.definition("x"), Samples.definition("y")), List.of());
        db.change("update probe set target = 'evil.example:1' where name = 'x'");
        List<StoredProbe> found = new ArrayList<>();
        new SqlProbeStore(db.database, db.ids()).forEach(found::add);
        assertThat(found).hasSize(2);
        assertThat(found.getFirst().definition().spec().unreadable()).contains("checksum");
        assertThat(found.getLast().definition().spec().unreadable()).isNull();
        db.clear();
    }

    @Override
    TestDatabase database() {
        return db;
    }
}
