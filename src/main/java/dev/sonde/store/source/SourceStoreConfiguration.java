package dev.sonde.store.source;

import dev.sonde.definition.keeping.SetLease;
import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.store.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
class SourceStoreConfiguration {

    @Bean
    SourceStore sourceStore(Database database) {
        return new SqlSourceStore(database);
    }

    @Bean
    SetLease setLease(Database database, Replica replica) {
        return replica.isAlone() ? SetLease.ALONE : new SqlSetLease(database, replica.name());
    }
}
