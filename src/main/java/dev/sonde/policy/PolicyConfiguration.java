package dev.sonde.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Makes the policies from the configuration; a rule that cannot be read stops the start.
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    @Bean
    TargetPolicy targetPolicy(
            PolicyProperties properties, @Value("${server.address:}") String serverAddress) {
        PolicyProperties.Targets targets = properties.targets();
        try {
            return new TargetPolicy(
                    targets.allow(), targets.deny(), isLoopbackAlone(serverAddress));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("sonde.policy.targets: " + e.getMessage(), e);
        }
    }

    @Bean
    BindPolicy bindPolicy(PolicyProperties properties, Environment environment) {
        try {
            return new BindPolicy(properties.binds().allow(), () -> ownPorts(environment));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("sonde.policy.binds: " + e.getMessage(), e);
        }
    }

    @Bean
    FloodPolicy floodPolicy(PolicyProperties properties) {
        try {
            return new FloodPolicy(properties.floods().allow());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("sonde.policy.floods.allow: " + e.getMessage(), e);
        }
    }

    /// The ports that were really taken, once they are known, and those that were asked for.
    private static Set<Integer> ownPorts(Environment environment) {
        return Stream.of(
                        "local.server.port",
                        "local.management.port",
                        "server.port",
                        "management.server.port")
                .map(name -> environment.getProperty(name, Integer.class))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// No address means that the service listens on all of them.
    private static boolean isLoopbackAlone(String serverAddress) {
        try {
            return !serverAddress.isBlank()
                    && InetAddress.getByName(serverAddress).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("server.address is not an address of this host", e);
        }
    }
}
