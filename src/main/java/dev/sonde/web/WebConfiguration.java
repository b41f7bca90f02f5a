package dev.sonde.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The connector's beans.
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    private static final String READ_BUFFER_BYTES = "2048";
    private static final String WRITE_BUFFER_BYTES = "4096";
    private static final long USUAL_DESCRIPTORS = 65_536;

    @Bean
    Connections connections(ConnectionProperties properties, TrustedProxies proxies) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        return new Connections(
                ConnectionLimits.of(properties, heapBytes, descriptors()),
                properties,
                heapBytes,
                proxies,
                System::nanoTime);
    }

    @Bean
    PrefixFilter prefixFilter() {
        return new PrefixFilter();
    }

    @Bean
    FilterRegistrationBean<ScrapeBufferFilter> scrapeBuffer(WebEndpointProperties endpoints) {
        var filter = new FilterRegistrationBean<>(new ScrapeBufferFilter());
        filter.addUrlPatterns(endpoints.getBasePath() + "/prometheus", "/metrics");
        return filter;
    }

    /// First, so that no other valve sees a forwarded header of a stranger.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedConnections(
            Connections connections, TrustedProxies proxies) {
        return factory -> {
            factory.setProtocol(BoundedProtocol.class.getName());
            List<Valve> valves = new ArrayList<>(factory.getEngineValves());
            valves.addAll(0, List.of(new RequestValve(), new ForwardedValve(proxies)));
            factory.setEngineValves(valves);
            factory.addConnectorCustomizers(connector -> bound(connector, connections));
        };
    }

    private static void bound(Connector connector, Connections connections) {
        if (connector.getProtocolHandler() instanceof BoundedProtocol protocol) {
            protocol.bound(connections);
            // Its own limit lets nobody in, health neither.
            protocol.setMaxConnections(-1);
            connector.setProperty("socket.bufferPool", "0");
            connector.setProperty("socket.appReadBufSize", READ_BUFFER_BYTES);
            connector.setProperty("socket.appWriteBufSize", WRITE_BUFFER_BYTES);
            connector.setProperty("continueResponseTiming", "onRead");
        }
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : USUAL_DESCRIPTORS;
    }
}
