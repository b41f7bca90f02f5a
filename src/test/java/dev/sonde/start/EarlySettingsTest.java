package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.store.embedded.EmbeddedProperties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.mock.env.MockEnvironment;

/// Settings that a second thread binds at a start.
class EarlySettingsTest {

    private static final EmbeddedProperties OF_SPRING = new EmbeddedProperties(99);

    /// Spring binds what is wrong once more, and reports it.
    @ParameterizedTest
    @CsvSource({
        "sonde.store.accept-loss, 5, 5",
        "sonde.store.other, 5, 0",
        "sonde.store.accept-loss, -1, 99",
        "sonde.store.accept-loss, many, 99"
    })
    void settingsBoundBesideAreThoseOfTheEnvironment(String name, String value, long loss) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition(
                "sonde.store-" + EmbeddedProperties.class.getName(),
                new RootBeanDefinition(EmbeddedProperties.class, () -> OF_SPRING));
        MockEnvironment environment = new MockEnvironment().withProperty(name, value);

        EarlySettings settings = new EarlySettings(new SettingBinder(environment));
        settings.addTo(beans);
        settings.bindAll();

        assertThat(beans.getBean(EmbeddedProperties.class).acceptLoss()).isEqualTo(loss);
    }
}
