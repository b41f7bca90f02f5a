package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A start on a file whose tables are those of this version, which needs nothing of Flyway.
class ResumedStartTest {

    @TempDir private Path directory;

    @BeforeEach
    void define() throws Exception {
        try (StoreConnection store = EmbeddedStartTest.open(directory, 0)) {
            EmbeddedStartTest.probes(store).save(List.of(Samples.definition("a")), List.of());
        }
    }

    /// Fails with a migration, or a checksum, that `MigrationHistory` does not have.
    @Test
    void tablesThatFlywayHasMadeAreThoseOfThisVersion() throws Exception {
        try (StoreConnection store = StoreConnection.toEmbedded(directory, 0, 0)) {
            assertThat(store.isMigrated()).isTrue();
            assertThat(EmbeddedStartTest.load(store)).hasSize(1);
        }
    }

    @Test
    void flywayIsNotAskedAboutTablesOfThisVersion() throws Exception {
        try (StoreConnection store = StoreConnection.toEmbedded(directory, 0, 0)) {
            assertThat(store.isMigrated()).isTrue();
            Flyway refusing =
                    Flyway.configure()
                            .dataSource(store.dataSource())
                            .locations("classpath:db/migration/postgresql")
                            .load();
            assertThatCode(() -> store.migrate(refusing)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update flyway_schema_history set checksum = 1 where version = '2'",
                "update flyway_schema_history set success = 0 where version = '11'",
                "update flyway_schema_history set script = 'V2__x.sql' where version = '2'",
                "delete from flyway_schema_history where version = '11'",
                "insert into flyway_schema_history select 12, '12', 'later', 'SQL',"
                        + " 'V12__later.sql', 1, '', '', 1, 1",
                "drop table flyway_schema_history"
            })
    void everyOtherHistoryIsForFlyway(String change) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("sonde.db"));
                Statement sql = connection.createStatement()) {
            sql.execute(change);
        }
        try (StoreConnection store = StoreConnection.toEmbedded(directory, 0, 0)) {
            assertThat(store.isMigrated()).isFalse();
        }
    }

    @Test
    void firstStartIsForFlyway(@TempDir Path empty) throws Exception {
        try (StoreConnection store = StoreConnection.toEmbedded(empty, 0, 0)) {
            assertThat(store.isMigrated()).isFalse();
            assertThat(empty.resolve("sonde.db")).doesNotExist();
        }
    }
}
