package dev.sonde.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.sonde.start.StartException;
import dev.sonde.store.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/// The database that this process uses, open: PostgreSQL where `spring.datasource.url` names one,
/// else the embedded one.
public final class StoreConnection implements AutoCloseable {

    private static final String POSTGRES = "jdbc:postgresql:";

    private final DataSource dataSource;
    private final Database database;
    private final @Nullable EmbeddedDatabase embedded;
    private final @Nullable EmbeddedStart start;

    private StoreConnection(
            DataSource dataSource,
            Database database,
            @Nullable EmbeddedDatabase embedded,
            @Nullable EmbeddedStart start) {
        this.dataSource = dataSource;
        this.database = database;
        this.embedded = embedded;
        this.start = start;
    }

    /// @throws StartException where the directory or its database cannot be used
    static StoreConnection toEmbedded(Path directory, long reserveBytes, long acceptLoss) {
        EmbeddedDatabase file = EmbeddedDatabase.open(directory, reserveBytes);
        try {
            EmbeddedStart start = EmbeddedStart.of(file, acceptLoss);
            return new StoreConnection(file.writer(), Database.embedded(file), file, start);
        } catch (RuntimeException e) {
            closeAfter(e, file);
            throw e;
        }
    }

    /// @throws StartException where the URL is of another database
    static StoreConnection toPostgres(
            DataSourceProperties properties, String url, Binder settings, Clock clock) {
        if (!url.startsWith(POSTGRES)) {
            throw new StartException(
                    "spring.datasource.url is "
                            + url.replaceAll("[?;].*", "")
                            + ", not PostgreSQL.",
                    "Give a URL that begins with "
                            + POSTGRES
                            + ", or none for the embedded database.");
        }
        HikariDataSource pool =
                properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
        // Inserts of a batch travel as statements of many rows.
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        settings.bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        return new StoreConnection(
                pool, Database.postgres(pool, new PostgresDialect(clock)), null, null);
    }

    DataSource dataSource() {
        return dataSource;
    }

    Database database() {
        return database;
    }

    /// The embedded database; absent with PostgreSQL.
    public @Nullable EmbeddedDatabase embedded() {
        return embedded;
    }

    /// The location of this database's migrations.
    String migrations() {
        return "classpath:db/migration/" + (embedded == null ? "postgresql" : "sqlite");
    }

    /// Whether the tables are those of this version, so that they can be used without [#migrate].
    boolean isMigrated() {
        return start != null && start.resume(database);
    }

    /// Has no effect on tables that are those of this version.
    void migrate(Flyway flyway) {
        if (start == null) {
            flyway.migrate();
        } else {
            start.migrate(flyway, database);
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        } else if (dataSource instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    private static void closeAfter(RuntimeException failure, EmbeddedDatabase file) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
