package dev.sonde.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteNotificationTest extends NotificationContract {

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

    @Override
    TestDatabase database() {
        return db;
    }
}
