package dev.sonde.store;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.probe.keeping.ListenerHolders;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.store.bytes.StoredResultBytes;
import dev.sonde.start.DataDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// The store's beans. With `spring.datasource.url` the database is that one, else it is embedded.
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /// Nobody named a database.
    static final class NoDatabaseGiven extends NoneNestedConditions {

        NoDatabaseGiven() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static final class UrlGiven {}
    }

    @Bean
    @Conditional(NoDatabaseGiven.class)
    JdbcConnectionDetails embeddedDatabase(DataDirectory directory) {
        return new EmbeddedDatabase(directory.path());
    }

    @Bean
    @DependsOnDatabaseInitialization
    Database database(
            DataSource dataSource, JdbcConnectionDetails details, StoreProperties properties) {
        return details instanceof EmbeddedDatabase(Path directory)
                ? new Database(
                        dataSource, new DiskReserve(directory, properties.diskReserve().toBytes()))
                : new Database(dataSource);
    }

    @Bean
    ProbeStore probeStore(Database database, Replica replica, Clock clock) {
        SqlProbeStore store = new SqlProbeStore(database);
        return replica.isAlone() ? store : new SharedProbeStore(database, store, clock);
    }

    @Bean
    ListenerStore listenerStore(Database database, Replica replica) {
        return replica.isAlone()
                ? new SqlListenerStore(database)
                : new SharedListenerStore(database, replica.name());
    }

    @Bean
    ListenerHolders listenerHolders(Database database, Replica replica) {
        return replica.isAlone()
                ? _ -> Optional.empty()
                : new SharedListenerStore(database, replica.name())::otherHolder;
    }

    @Bean
    ResultBytes resultBytes() {
        return new StoredResultBytes();
    }

    @Bean
    ProbeHistory probeHistory(Database database) {
        return new SqlProbeHistory(database);
    }

    @Bean(initMethod = "start")
    ResultWriter resultWriter(
            Database database, Replica replica, Clock clock, StoreProperties properties) {
        return new ResultWriter(
                replica.isAlone() ? new HistoryTables(database) : HistoryTables.ofReplica(database),
                clock,
                properties.buffer(),
                properties.writeEvery());
    }

    @Bean(initMethod = "start")
    RetentionThread retentionThread(Database database, Clock clock, StoreProperties properties) {
        Retention retention =
                new Retention(database, clock, properties.retention(), properties.perProbe());
        return new RetentionThread(retention, properties.sweepEvery());
    }
}
