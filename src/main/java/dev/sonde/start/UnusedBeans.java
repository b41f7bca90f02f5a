package dev.sonde.start;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/// Removes beans of Spring Boot that search all other beans at a start, here for nothing.
final class UnusedBeans implements BeanDefinitionRegistryPostProcessor {

    /// A search for serializers that are beans, and one for beans whose methods are validated. The
    /// parameters of requests are validated without it.
    private static final List<String> NAMES =
            List.of("jsonComponentModule", "methodValidationPostProcessor");

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        // Beans that were chosen in the build lack them already.
        NAMES.stream()
                .filter(registry::containsBeanDefinition)
                .forEach(registry::removeBeanDefinition);
    }
}
