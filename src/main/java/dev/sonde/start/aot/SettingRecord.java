package dev.sonde.start.aot;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/// Writes the settings that the choice of beans asked for into the jar, with their values then.
final class SettingRecord implements BeanFactoryInitializationAotProcessor {

    /// Asked for, and without influence on the choice: `server.port` is compared with a port of
    /// management, which is in the record itself. The URL of a database would choose its pool, and
    /// the store has its own. The others are of the process.
    private static final Set<String> WITHOUT_INFLUENCE =
            Set.of(
                    "server.port",
                    "spring.datasource.url",
                    "spring.application.pid",
                    "spring.application.version");

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beans) {
        ConfigurableEnvironment environment =
                beans.getBean(
                        ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
                        ConfigurableEnvironment.class);
        Set<String> asked = AskedSettings.of(environment);
        String record =
                asked.stream()
                        .filter(name -> !WITHOUT_INFLUENCE.contains(name))
                        .sorted()
                        .map(name -> ChosenBeans.line(name, environment.getProperty(name)))
                        .collect(Collectors.joining("\n"));
        return (generation, _) ->
                generation.getGeneratedFiles().addResourceFile(ChosenBeans.RECORD, record);
    }
}
