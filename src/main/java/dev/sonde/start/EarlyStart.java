package dev.sonde.start;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.web.server.WebServerFactory;

/// Starts the [EarlyPart]s when Spring is about to make the web server's factory, the first bean of
/// a refresh. Called by Spring's main thread.
final class EarlyStart implements InstantiationAwareBeanPostProcessor {

    private final ObjectProvider<EarlyPart> parts;
    private boolean hasBegun;

    EarlyStart(ObjectProvider<EarlyPart> parts) {
        this.parts = parts;
    }

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        if (!hasBegun && WebServerFactory.class.isAssignableFrom(type)) {
            hasBegun = true;
            parts.orderedStream().forEach(EarlyPart::startEarly);
        }
        return null;
    }
}
