package dev.sonde.store.source;

import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.store.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The bean of this room.
@Configuration(proxyBeanMethods = false)
class SourceStoreConfiguration {

    @Bean
    SourceStore sourceStore(Database database) {
        return new SqlSourceStore(database);
    }
}
