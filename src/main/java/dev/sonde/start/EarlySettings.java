package dev.sonde.start;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/// The service's own settings, which a second thread binds while Spring's main thread prepares the
/// beans. A group that the second thread has not begun yet is bound by the thread that wants it.
///
/// A group that cannot be bound here is left to Spring, which reports why.
final class EarlySettings implements InstantiationAwareBeanPostProcessor {

    /// Between the prefix and the type in the name of a bean of settings.
    private static final String OWN = "-dev.sonde.";

    /// The groups of probes and listeners, in the order in which a start asks for them.
    private static final List<String> FIRST =
            List.of(
                    "Memory",
                    "Listener",
                    "Engine",
                    "Resolver",
                    "Policy",
                    "Store",
                    "Embedded",
                    "Service");

    private final SettingBinder binder;
    private final Map<Class<?>, FutureTask<Object>> groups = new LinkedHashMap<>();

    EarlySettings(SettingBinder binder) {
        this.binder = binder;
    }

    void addTo(DefaultListableBeanFactory beans) {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (name.contains(OWN)
                    && beans.getBeanDefinition(name) instanceof RootBeanDefinition definition
                    && definition.hasBeanClass()) {
                Class<?> type = definition.getBeanClass();
                types.put(type.getSimpleName(), type);
            }
        }
        for (String name : FIRST) {
            add(types.get(name + "Properties"));
        }
        types.values().forEach(this::add);
        beans.addBeanPostProcessor(this);
    }

    private void add(@Nullable Class<?> type) {
        if (type != null) {
            groups.computeIfAbsent(type, each -> new FutureTask<>(() -> binder.bind(each)));
        }
    }

    void bindAll() {
        groups.values().forEach(FutureTask::run);
    }

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
        FutureTask<Object> group = name.contains(OWN) ? groups.get(type) : null;
        if (group == null) {
            return null;
        }
        group.run();
        try {
            return group.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException _) {
            return null;
        }
    }
}
