package dev.sonde.listen;

import dev.sonde.start.EarlyPart;
import org.springframework.core.Ordered;

/// Opens the listeners from before a restart, before the first probe and before the web server. The
/// settings name the service's own ports, which no listener may have. A port that the kernel
/// chooses is a free one.
final class EarlyListeners implements EarlyPart {

    private final Listeners listeners;

    EarlyListeners(Listeners listeners) {
        this.listeners = listeners;
    }

    /// Each listener listens or has failed afterwards.
    @Override
    public void startEarly() {
        listeners.reopen();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
