package dev.sonde.listen;

import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/// Opens the listeners from before a restart before the first probe runs and the web server is
/// made. It customizes nothing. The service's own ports, which no listener may have, are known from
/// the settings; a port that the kernel chooses is a free one.
final class EarlyListeners implements WebServerFactoryCustomizer<WebServerFactory>, Ordered {

    private final Listeners listeners;

    EarlyListeners(Listeners listeners) {
        this.listeners = listeners;
    }

    @Override
    public void customize(WebServerFactory factory) {
        listeners.reopen();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
