package dev.sonde.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.sonde.history.RunRecorder;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.store.embedded.EmbeddedDatabase;
import dev.sonde.store.presented.SqlPresentedHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/// A migrated database, which refuses connections while it is told to.
final class TestDatabase implements AutoCloseable {

    private final AutoCloseable connections;
    private final AtomicBoolean refusing = new AtomicBoolean();
    final Database database;

    private TestDatabase(AutoCloseable connections) {
        this.connections = connections;
        this.database =
                switch (connections) {
                    case EmbeddedDatabase file -> embedded(file);
                    case HikariDataSource pool -> postgres(pool);
                    default -> throw new IllegalArgumentException();
                };
    }

    static TestDatabase sqlite(Path directory) {
        return new TestDatabase(EmbeddedDatabase.open(directory, 0));
    }

    static TestDatabase postgres(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.addDataSourceProperty("reWriteBatchedInserts", "true"); // as the service does
        pool.setJdbcUrl(url);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(4);
        return new TestDatabase(pool);
    }

    /// Ids as a service makes them that starts now on this database.
    ResultIds ids() {
        ResultIds ids = new ResultIds(Replica.alone("a"));
        new SqlProbeHistory(database).greatestId().ifPresent(ids::startAfter);
        return ids;
    }

    /// Roll-ups of a service that runs alone and ends soon.
    Rollups rollups() {
        return new Rollups(database, new RunRecorder(), null, Clock.systemUTC());
    }

    SqlPresentedHistory presented() {
        return new SqlPresentedHistory(database);
    }

    void refuse(boolean value) {
        refusing.set(value);
    }

    long count(String table) {
        return database.client().sql("select count(*) from " + table).query(Long.class).single();
    }

    void change(String sql, Object... values) {
        database.inTransaction(jdbc -> jdbc.update(sql, values));
    }

    void clear() {
        for (String table :
                new String[] {
                    "probe",
                    "deleted_probe",
                    "probe_state",
                    "result",
                    "transition",
                    "listener",
                    "incident",
                    "kept_result",
                    "rollup",
                    "rollup_mark",
                    "presented_certificate",
                    "maintenance",
                    "notification_receiver",
                    "notification_told",
                    "notification_delivery",
                    "authority_material",
                    "set_source"
                }) {
            database.inTransaction(jdbc -> jdbc.update("delete from " + table));
        }
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Database embedded(EmbeddedDatabase file) {
        migrate(file.writer(), "sqlite");
        return new Database(
                new SqliteDialect(),
                refusable(file.writer()),
                refusable(file.readers()),
                file.failures(),
                file.guard());
    }

    private Database postgres(HikariDataSource pool) {
        migrate(pool, "postgresql");
        DataSource refusable = refusable(pool);
        return new Database(
                new PostgresDialect(Clock.fixed(Samples.START, ZoneOffset.UTC)),
                refusable,
                refusable,
                new SQLExceptionSubclassTranslator(),
                null);
    }

    private static void migrate(DataSource target, String dialect) {
        Flyway.configure()
                .dataSource(target)
                .locations("classpath:db/migration/" + dialect)
                .load()
                .migrate();
    }

    private DataSource refusable(DataSource target) {
        return new DelegatingDataSource(target) {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                if (refusing.get()) {
                    throw new java.sql.SQLException("the disk is full");
                }
                return super.getConnection();
            }
        };
    }
}
