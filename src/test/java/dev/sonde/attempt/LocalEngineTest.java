package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.name.ResolverProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// The engine of a command beside that of a service.
class LocalEngineTest {

    private final Binder nothing = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void commandHasTheLimitsOfAServiceByDefault() {
        assertThat(LocalEngine.limits(0))
                .isEqualTo(nothing.bindOrCreate("sonde.engine", EngineProperties.class));
        assertThat(LocalEngine.NAMES)
                .isEqualTo(nothing.bindOrCreate("sonde.resolver", ResolverProperties.class));
    }
}
