package dev.sonde.start;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Beans that exist before all others.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

    @Bean
    static UnusedBeans unusedBeans() {
        return new UnusedBeans();
    }

    @Bean
    static EarlyStart earlyStart(ObjectProvider<EarlyPart> parts) {
        return new EarlyStart(parts);
    }

    /// Not made where nothing is kept in files.
    @Bean
    @Lazy
    DataDirectory dataDirectory(ServiceProperties properties) {
        return DataDirectory.take(properties.dataDir());
    }
}
