package dev.sonde.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the target policy from the configuration; a rule that cannot be read stops the start.
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
