package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.maintenance.MaintenanceStore;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.probe.keeping.DefinitionBytes;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.start.DataDirectory;
import dev.sonde.store.authority.AuthorityProperties;
import dev.sonde.store.authority.AuthorityRows;
import dev.sonde.store.authority.DatabaseAuthority;
import dev.sonde.store.authority.KeyFile;
import dev.sonde.store.authority.RecentKeys;
import dev.sonde.store.bytes.StoredDefinitionBytes;
import dev.sonde.store.bytes.StoredResultBytes;
import dev.sonde.store.embedded.EmbeddedDatabase;
import dev.sonde.store.embedded.EmbeddedProperties;
import dev.sonde.store.embedded.LedgeredChange;
import dev.sonde.store.embedded.LedgeredListenerStore;
import dev.sonde.store.embedded.LedgeredProbeStore;
import dev.sonde.store.maintenance.SqlMaintenanceStore;
import dev.sonde.store.notification.SqlNotificationStore;
import dev.sonde.tls.certificate.AuthorityFolder;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The store's beans. All exist with either database, which is chosen when they are made.
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);

    /// How the members of a cluster reach their database.
    private record ConnectionDetails(String url, @Nullable String user, @Nullable String password)
            implements JdbcConnectionDetails {

        @Override
        public @Nullable String getUsername() {
            return user;
        }

        @Override
        public @Nullable String getPassword() {
            return password;
        }

        @Override
        public String getJdbcUrl() {
            return url;
        }
    }

    /// @param database only asked for where it is PostgreSQL
    @Bean
    StoreConnection storeConnection(
            ObjectProvider<DataSourceProperties> database,
            DataDirectory directory,
            EmbeddedProperties embedded,
            StoreProperties properties,
            Environment environment,
            Clock clock) {
        String url = environment.getProperty("spring.datasource.url");
        return url == null || url.isBlank()
                ? StoreConnection.toEmbedded(
                        directory.path(), properties.diskReserve().toBytes(), embedded.acceptLoss())
                : StoreConnection.toPostgres(
                        database.getObject(), url, Binder.get(environment), clock);
    }

    /// Closed with the connection, in its turn. Spring would close a bean that can be closed: beans
    /// that are chosen in the build forget an empty `destroyMethod`.
    @Bean
    DataSource dataSource(StoreConnection connection) {
        return new DelegatingDataSource(connection.dataSource());
    }

    @Bean
    JdbcConnectionDetails connectionDetails(
            StoreConnection connection, DataSourceProperties properties) {
        EmbeddedDatabase file = connection.embedded();
        return file == null
                ? new ConnectionDetails(
                        properties.determineUrl(),
                        properties.getUsername(),
                        properties.getPassword())
                : new ConnectionDetails("jdbc:sqlite:" + file.file(), null, null);
    }

    @Bean
    FlywayConfigurationCustomizer migrationFiles(StoreConnection connection) {
        return flyway -> flyway.locations(connection.migrations());
    }

    @Bean
    FlywayMigrationStrategy migration(StoreConnection connection) {
        return connection::migrate;
    }

    /// Flyway is made before it only where the tables are not those of this version. Else Spring
    /// makes it later, and the first connects do not wait for it.
    @Bean
    Database database(
            StoreConnection connection, ObjectProvider<FlywayMigrationInitializer> migrations) {
        if (!connection.isMigrated()) {
            migrations.ifAvailable(_ -> {});
        }
        return connection.database();
    }

    @Bean
    ResultIds resultIds(Replica replica, ProbeHistory history) {
        ResultIds ids = new ResultIds(replica);
        try {
            history.greatestId().ifPresent(ids::startAfter);
        } catch (DataAccessException e) {
            log.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .log("the latest result cannot be read, ids go by the clock");
        }
        return ids;
    }

    @Bean
    ProbeStore probeStore(
            Database database,
            StoreConnection connection,
            ResultIds ids,
            RunRecorder recorder,
            Clock clock) {
        SqlProbeStore store = new SqlProbeStore(database, ids, recorder);
        EmbeddedDatabase file = connection.embedded();
        if (file != null) {
            return new LedgeredProbeStore(store, file.ledger());
        }
        return ids.replica().isAlone() ? store : new SharedProbeStore(database, store, clock);
    }

    @Bean
    ListenerStore listenerStore(Database database, StoreConnection connection, Replica replica) {
        EmbeddedDatabase file = connection.embedded();
        if (file != null) {
            return new LedgeredListenerStore(new SqlListenerStore(database), file.ledger());
        }
        return replica.isAlone()
                ? new SqlListenerStore(database)
                : new SharedListenerStore(database, replica.name());
    }

    @Bean
    ForeignListeners foreignListeners(Database database, Replica replica, Clock clock) {
        return replica.isAlone()
                ? ForeignListeners.NONE
                : new SqlForeignListeners(database, replica.name(), clock);
    }

    @Bean
    ResultBytes resultBytes() {
        return new StoredResultBytes();
    }

    @Bean
    DefinitionBytes definitionBytes() {
        return new StoredDefinitionBytes();
    }

    @Bean
    NotificationStore notificationStore(Database database) {
        return new SqlNotificationStore(database);
    }

    @Bean
    MaintenanceStore maintenanceStore(Database database) {
        return new SqlMaintenanceStore(database);
    }

    /// With PostgreSQL and without a key file the authority is off.
    @Bean
    DatabaseAuthority authorityStore(
            Database database,
            StoreConnection connection,
            AuthorityProperties properties,
            @Value("${sonde.data-dir:./data}") Path dataDirectory) {
        Path folder = dataDirectory.resolve("authority");
        Path given = properties.keyFile();
        boolean isOn = given != null || connection.embedded() != null;
        Path file = given == null ? folder.resolve("encryption.key") : given;
        return new DatabaseAuthority(
                new AuthorityRows(
                        database.client(), work -> LedgeredChange.make(() -> database.write(work))),
                isOn ? new KeyFile(file, given == null) : null,
                new AuthorityFolder(folder),
                new RecentKeys(System::nanoTime));
    }
}
