package dev.sonde.start;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.ApplicationContextFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.ResolvableType;

/// A bean factory that knows at once which beans are not of a type. A start asks five hundred beans
/// for two hundred types, and nearly every answer is no. Safe for any thread.
@SuppressWarnings("serial") // never written
public final class TypedBeans extends DefaultListableBeanFactory {

    /// Of a bean about which Spring is asked each time.
    private static final Class<?> UNKNOWN = Void.class;

    private static final String NO_BEAN = "NullBean";

    /// The classes that beans will have, known when all definitions are.
    private final Map<String, Class<?>> planned = new ConcurrentHashMap<>();

    /// For a service whose beans were chosen in the build.
    public static ApplicationContextFactory contexts() {
        return type ->
                AotDetector.useGeneratedArtifacts()
                        ? new ServletWebServerApplicationContext(new TypedBeans())
                        : ApplicationContextFactory.DEFAULT.create(type);
    }

    @Override
    protected boolean isTypeMatch(String name, ResolvableType type, boolean allowsCreation) {
        Class<?> wanted = type.resolve();
        if (wanted != null && isConfigurationFrozen()) {
            Class<?> known = known(name);
            if (known != UNKNOWN && !wanted.isAssignableFrom(known)) {
                return false;
            }
        }
        return super.isTypeMatch(name, type, allowsCreation);
    }

    private Class<?> known(String name) {
        Object bean = getSingleton(name, false);
        if (bean == null) {
            return planned.computeIfAbsent(name, this::plan);
        }
        return bean instanceof FactoryBean<?> || bean.getClass().getSimpleName().equals(NO_BEAN)
                ? UNKNOWN
                : bean.getClass();
    }

    private Class<?> plan(String name) {
        if (!containsBeanDefinition(name)) {
            return UNKNOWN;
        }
        RootBeanDefinition definition = getMergedLocalBeanDefinition(name);
        Class<?> type = predictBeanType(name, definition);
        return type == null
                        || definition.getDecoratedDefinition() != null
                        || FactoryBean.class.isAssignableFrom(type)
                ? UNKNOWN
                : type;
    }
}
