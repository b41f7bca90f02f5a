package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardProperties;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.web.MemberConnector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The web server's port for requests that other replicas forward. A single process has none.
@Configuration(proxyBeanMethods = false)
class ForwardConnectorConfiguration {

    @Bean
    ForwardConnector forwardConnector(
            Forwarding forwarding, ClusterProperties cluster, ForwardProperties properties) {
        return new ForwardConnector(
                forwarding
                        .tls()
                        .map(
                                tls ->
                                        new MemberConnector(
                                                cluster.bindAddress(),
                                                properties.port(cluster.port()),
                                                tls))
                        .orElse(null));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedRequests(
            ForwardConnector connector) {
        return connector::addTo;
    }
}
