package dev.sonde.start;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Min;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.validation.annotation.Validated;

/// Settings that a second thread binds at a start.
class EarlySettingsTest {

    private static final Limits OF_SPRING = new Limits(-1);

    @Validated
    @ConfigurationProperties("limits")
    record Limits(@DefaultValue("7") @Min(1) int most) {}

    /// Spring binds what is wrong once more, and reports it.
    @ParameterizedTest
    @CsvSource({
        "limits.most, 5, 5",
        "limits.other, 5, 7",
        "limits.most, 0, -1",
        "limits.most, many, -1"
    })
    void settingsBoundBesideAreThoseOfTheEnvironment(String name, String value, int most) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition(
                "limits-" + Limits.class.getName(),
                new RootBeanDefinition(Limits.class, () -> OF_SPRING));
        MockEnvironment environment = new MockEnvironment().withProperty(name, value);

        EarlySettings settings = new EarlySettings(new SettingBinder(environment));
        settings.addTo(beans);
        settings.bindAll();

        assertThat(beans.getBean(Limits.class).most()).isEqualTo(most);
    }
}
