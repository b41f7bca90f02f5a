package dev.sonde.toxiproxy;

import dev.sonde.listen.Listeners;
import dev.sonde.security.PortGuard;
import java.net.InetSocketAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Assembles Toxiproxy's API, and opens its port where one is configured.
@Configuration(proxyBeanMethods = false)
class ToxiproxyConfiguration {

    @Bean(destroyMethod = "stop")
    ToxiproxyServer toxiproxyServer(
            ToxiproxyProperties properties, Listeners listeners, PortGuard guard) {
        Proxies proxies = new Proxies(listeners, properties.persist());
        return new ToxiproxyServer(
                new Calls(proxies, new ToxicRegistry(listeners, proxies)),
                guard,
                properties.open());
    }

    /// Only now are the stored listeners open again.
    @Bean
    ApplicationListener<ApplicationReadyEvent> toxiproxyOpening(
            ToxiproxyServer server,
            ToxiproxyProperties properties,
            @Value("${server.address:}") String serverAddress) {
        return _ -> {
            if (properties.file() != null) {
                server.load(properties.file());
            }
            if (properties.port() != null) {
                String own = properties.address();
                String host = own == null ? serverAddress : own;
                server.start(
                        host.isBlank()
                                ? new InetSocketAddress(properties.port())
                                : new InetSocketAddress(host, properties.port()));
            }
        };
    }
}
