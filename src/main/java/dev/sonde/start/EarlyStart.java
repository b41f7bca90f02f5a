package dev.sonde.start;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.web.server.WebServerFactory;

/// Starts the [EarlyPart]s when Spring is about to make the web server's factory, the first bean of
/// a refresh. All beans are known then, so Spring may keep what a search by type has found: it does
/// so from [ConfigurableListableBeanFactory#freezeConfiguration] on, which would come after the web
/// server otherwise. Called by Spring's main thread.
final class EarlyStart implements InstantiationAwareBeanPostProcessor, BeanFactoryAware {

    private final ObjectProvider<EarlyPart> parts;
    private @Nullable ConfigurableListableBeanFactory beans;
    private boolean hasBegun;

    EarlyStart(ObjectProvider<EarlyPart> parts) {
        this.parts = parts;
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
        if (factory instanceof ConfigurableListableBeanFactory found) {
            this.beans = found;
        }
    }

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        if (!hasBegun && WebServerFactory.class.isAssignableFrom(type)) {
            hasBegun = true;
            if (beans != null) {
                beans.freezeConfiguration();
            }
            parts.orderedStream().forEach(EarlyPart::startEarly);
        }
        return null;
    }
}
