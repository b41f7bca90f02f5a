package dev.sonde.start;

import java.util.ArrayList;
import java.util.List;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// Begins, on a second thread, what a start needs and what needs no beans: [EarlySettings]. The
/// beans have been chosen in the build, else there are no definitions yet, and it does nothing.
final class EarlyWork
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String HANDLER = "Controller";

    /// After the definitions of beans.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (AotDetector.useGeneratedArtifacts()
                && context.getParent() == null
                && context.getBeanFactory() instanceof DefaultListableBeanFactory beans) {
            EarlySettings settings = new EarlySettings(new SettingBinder(context.getEnvironment()));
            settings.addTo(beans);
            List<Class<?>> handlers = handlers(beans);
            Thread.ofPlatform()
                    .daemon()
                    .name("early-work")
                    .start(
                            () -> {
                                settings.bindAll();
                                handlers.forEach(EarlyWork::readAnnotations);
                            });
        }
    }

    private static List<Class<?>> handlers(DefaultListableBeanFactory beans) {
        List<Class<?>> handlers = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.getBeanDefinition(name) instanceof RootBeanDefinition definition
                    && definition.hasBeanClass()
                    && definition.getBeanClass().getSimpleName().endsWith(HANDLER)) {
                handlers.add(definition.getBeanClass());
            }
        }
        return handlers;
    }

    /// Spring keeps what it has read of a method that it calls by reflection.
    private static void readAnnotations(Class<?> handler) {
        MethodIntrospector.selectMethods(
                handler,
                (MethodIntrospector.MetadataLookup<Reflective>)
                        method ->
                                AnnotatedElementUtils.findMergedAnnotation(
                                        method, Reflective.class));
    }
}
