package dev.sonde.maintenance;

import dev.sonde.probe.keeping.Replica;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
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

    @Bean(initMethod = "start")
    MaintenanceWatch maintenanceWatch(
            MaintenanceBook book, Clock clock, ObjectProvider<MaintenanceObserver> observers) {
        return new MaintenanceWatch(book, clock, observers.orderedStream().toList());
    }
}
