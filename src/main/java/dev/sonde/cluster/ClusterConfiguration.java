package dev.sonde.cluster;

import dev.sonde.probe.Replica;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who this process is, also where it is alone.
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    Replica replica(ReplicaProperties properties) {
        return Replica.alone(properties.name());
    }
}
