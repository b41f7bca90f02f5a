package dev.sonde.start.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

/// Which starts use the beans that were chosen when the jar was built.
class ChosenBeansTest {

    private static final List<String> RECORD =
            List.of("management.server.port", "server.forward-headers-strategy=none");

    @ParameterizedTest
    @CsvSource({
        "server.port,                     9090,      true",
        "server.forward-headers-strategy, none,      true",
        "server.forward-headers-strategy, framework, false",
        "management.server.port,          9091,      false",
        "management.server.port,          ${nobody}, false",
    })
    void settingThatChoseBeansMayNotDiffer(String name, String value, boolean isUsed) {
        MockEnvironment environment =
                new MockEnvironment()
                        .withProperty("server.forward-headers-strategy", "none")
                        .withProperty(name, value);
        assertThat(ChosenBeans.isAsThen(RECORD, environment)).isEqualTo(isUsed);
        environment.setActiveProfiles("other");
        assertThat(ChosenBeans.isAsThen(RECORD, environment)).isFalse();
    }

    @Test
    void namesThatAreAskedForAreNoted() {
        StandardEnvironment environment = new StandardEnvironment();
        assertThat(AskedSettings.of(environment)).isEmpty();
        environment.getPropertySources().addFirst(new AskedSettings());
        Binder.get(environment).bind("management.server.port", Integer.class);
        environment.containsProperty("spring.jmx.enabled");
        assertThat(AskedSettings.of(environment))
                .contains("management.server.port", "spring.jmx.enabled");
    }
}
