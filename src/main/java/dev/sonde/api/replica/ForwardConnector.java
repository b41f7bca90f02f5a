package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardPort;
import dev.sonde.web.MemberConnector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/// The port for forwarded requests, where there is one.
record ForwardConnector(@Nullable MemberConnector connector) implements ForwardPort {

    void addTo(TomcatServletWebServerFactory factory) {
        if (connector != null) {
            connector.addTo(factory);
        }
    }

    @Override
    public int port() {
        return connector == null ? 0 : connector.port();
    }
}
