package dev.sonde.start;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigUtils;

/// Removes beans of Spring that take time at a start, here for nothing. Most of them search all
/// other beans.
final class UnusedBeans implements BeanDefinitionRegistryPostProcessor {

    /// A search for serializers that are beans, and one for beans whose methods are validated. The
    /// parameters of requests are validated without it. A search for methods with `@EventListener`:
    /// here listeners are beans. A count of Tomcat's sessions, which do not exist, makes the JVM's
    /// MBean server.
    private static final List<String> NAMES =
            List.of(
                    "jsonComponentModule",
                    "methodValidationPostProcessor",
                    AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME,
                    AnnotationConfigUtils.EVENT_LISTENER_FACTORY_BEAN_NAME,
                    "tomcatMetricsBinder");

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        // Beans that were chosen in the build lack them already.
        NAMES.stream()
                .filter(registry::containsBeanDefinition)
                .forEach(registry::removeBeanDefinition);
    }
}
