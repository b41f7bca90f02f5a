package dev.sonde.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresNotificationTest extends NotificationContract {

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

    @Override
    TestDatabase database() {
        return db;
    }
}
