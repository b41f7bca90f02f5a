package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ListFactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/// Beans that are searched for by type.
class TypedBeansTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Object.class,
                CharSequence.class,
                String.class,
                Callable.class,
                Runnable.class,
                Collection.class,
                List.class,
                ArrayList.class,
                FactoryBean.class,
                Thread.class
            })
    void findsWhatSpringFinds(Class<?> type) {
        DefaultListableBeanFactory expected = fill(new DefaultListableBeanFactory());
        TypedBeans beans = fill(new TypedBeans());
        assertThat(beans.getBeanNamesForType(type)).isEqualTo(expected.getBeanNamesForType(type));
        expected.preInstantiateSingletons();
        beans.preInstantiateSingletons();
        assertThat(beans.getBeanNamesForType(type)).isEqualTo(expected.getBeanNamesForType(type));
    }

    /// A text, a task whose class says more than its definition, and a bean that makes a list.
    private static <B extends DefaultListableBeanFactory> B fill(B beans) {
        beans.registerBeanDefinition("text", new RootBeanDefinition(String.class, () -> "a"));
        beans.registerBeanDefinition(
                "task", new RootBeanDefinition(Runnable.class, () -> new Thread()));
        RootBeanDefinition list = new RootBeanDefinition(ListFactoryBean.class);
        list.getPropertyValues().add("sourceList", List.of("a"));
        beans.registerBeanDefinition("list", list);
        beans.registerSingleton("callable", (Callable<String>) () -> "a");
        beans.freezeConfiguration();
        return beans;
    }
}
