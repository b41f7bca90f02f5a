package dev.sonde.maintenance;

import dev.sonde.probe.keeping.Replica;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The maintenance's beans.
@Configuration(proxyBeanMethods = false)
class MaintenanceConfiguration {

    @Bean
    MaintenanceBook maintenanceBook(MaintenanceStore store) {
        return new MaintenanceBook(store);
    }

    @Bean(initMethod = "start")
    MaintenanceReader maintenanceReader(MaintenanceBook book, Replica replica) {
        return new MaintenanceReader(book, replica.isAlone());
    }
}
