package dev.sonde.start;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/// Begins, on a second thread, what a start needs and what needs no beans: [EarlySettings]. The
/// beans have been chosen in the build, else there are no definitions yet, and it does nothing.
final class EarlyWork
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

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
            new EarlySettings(new SettingBinder(context.getEnvironment())).begin(beans);
        }
    }
}
