package dev.sonde.store.source;

import dev.sonde.definition.keeping.SetLease;
import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.store.Database;
import dev.sonde.store.StoreConnection;
import dev.sonde.store.embedded.EmbeddedDatabase;
import dev.sonde.store.embedded.LedgeredSourceStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
class SourceStoreConfiguration {

    @Bean
    SourceStore sourceStore(Database database, StoreConnection connection) {
        SourceStore store = new SqlSourceStore(database);
        EmbeddedDatabase file = connection.embedded();
        return file == null ? store : new LedgeredSourceStore(store, file.ledger());
    }

    @Bean
    SetLease setLease(Database database, Replica replica) {
        return replica.isAlone() ? SetLease.ALONE : new SqlSetLease(database, replica.name());
    }
}
