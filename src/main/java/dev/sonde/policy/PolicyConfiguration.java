package dev.sonde.policy;

import dev.sonde.start.StartException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Makes the policies from the configuration; a rule that cannot be read stops the start.
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    private static final InetAddress ANY = Inet6Address.ofLiteral("::");

    private static final String REMEDY =
            "Write each rule as CIDR, CIDR:port or CIDR:from-to, an IPv6 block with ports as"
                    + " [CIDR]:port.";

    @Bean
    ServiceReach serviceReach(Environment environment) {
        return ServiceReach.of(environment);
    }

    @Bean
    ListenerPorts listenerPorts() {
        return new ListenerPorts();
    }

    @Bean
    OwnPorts ownPorts(ListenerPorts listeners, ServiceReach reach, Environment environment) {
        return new ServedPorts(
                listeners, () -> api(reach, environment), new HostAddresses(System::nanoTime));
    }

    @Bean
    TargetPolicy targetPolicy(PolicyProperties properties, ServiceReach reach, OwnPorts own) {
        PolicyProperties.Targets targets = properties.targets();
        requireRules("sonde.policy.targets.allow", targets.allow());
        requireRules("sonde.policy.targets.deny", targets.deny());
        return new TargetPolicy(targets.allow(), targets.deny(), reach.isLoopbackOnly(), own);
    }

    @Bean
    BindPolicy bindPolicy(PolicyProperties properties, Environment environment) {
        requireRules("sonde.policy.binds.allow", properties.binds().allow());
        return new BindPolicy(properties.binds().allow(), () -> ownPorts(environment));
    }

    @Bean
    FloodPolicy floodPolicy(PolicyProperties properties) {
        requireRules("sonde.policy.floods.allow", properties.floods().allow());
        return new FloodPolicy(properties.floods().allow());
    }

    @Bean
    ReceiverPolicy receiverPolicy(PolicyProperties properties, ServiceReach reach) {
        PolicyProperties.Receivers receivers = properties.receivers();
        requireRules("sonde.policy.receivers.allow", receivers.allow());
        requireRules("sonde.policy.receivers.deny", receivers.deny());
        return new ReceiverPolicy(receivers.allow(), receivers.deny(), reach.isLoopbackOnly());
    }

    private static void requireRules(String property, List<String> rules) {
        try {
            rules.forEach(AddressRule::parse);
        } catch (IllegalArgumentException e) {
            throw new StartException(property + ": " + e.getMessage() + ".", REMEDY, e);
        }
    }

    /// The API's address, once it listens; `0.0.0.0` is both families to the JDK.
    private static Optional<InetSocketAddress> api(ServiceReach reach, Environment environment) {
        InetAddress chosen = reach.address();
        InetAddress bound = chosen == null || chosen.isAnyLocalAddress() ? ANY : chosen;
        return Optional.ofNullable(environment.getProperty("local.server.port", Integer.class))
                .map(port -> new InetSocketAddress(bound, port));
    }

    /// The ports that were really taken, once they are known, and those that were asked for.
    private static Set<Integer> ownPorts(Environment environment) {
        return Stream.of(
                        "local.server.port",
                        "local.management.port",
                        "server.port",
                        "management.server.port",
                        "sonde.toxiproxy.port")
                .map(name -> environment.getProperty(name, Integer.class))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
