package dev.sonde.start;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/// Beans that exist before all others.
@Configuration(proxyBeanMethods = false)
class StartConfiguration {

    /// Not made where nothing is kept in files.
    @Bean
    @Lazy
    DataDirectory dataDirectory(ServiceProperties properties) {
        return DataDirectory.take(properties.dataDir());
    }
}
