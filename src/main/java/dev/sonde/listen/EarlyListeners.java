package dev.sonde.listen;

import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/// Opens the listeners from before a restart. It runs before the first probe and before the web
/// server is made, and customizes nothing. The settings name the service's own ports, which no
/// listener may have. A port that the kernel chooses is a free one.
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
