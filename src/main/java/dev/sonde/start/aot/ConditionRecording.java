package dev.sonde.start.aot;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Notes, while the jar is built, which settings the choice of beans asks for.
final class ConditionRecording
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /// Set by Spring's process that chooses the beans.
    private static final String CHOOSING = "spring.aot.processing";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (Boolean.getBoolean(CHOOSING)) {
            context.getEnvironment().getPropertySources().addFirst(new AskedSettings());
        }
    }
}
