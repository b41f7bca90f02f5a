package dev.sonde.start.aot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;

/// Decides whether a start uses the beans that were chosen when the jar was built.
///
/// Settings choose beans: with a port of its own for management, for example, other ones exist. The
/// jar has each setting that the choice asked for. The beans are chosen anew when one of these has
/// another value. The service is then the same, and starts later. A jar without that record always
/// chooses anew.
final class ChosenBeans implements EnvironmentPostProcessor, Ordered {

    static final String RECORD = "META-INF/sonde/asked-settings";

    private static final String SWITCH = "spring.aot.enabled";
    private static final String SEPARATOR = "=";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        List<String> record = record(application.getClassLoader());
        if (!record.isEmpty()) {
            boolean isUsed =
                    !"false".equals(SpringProperties.getProperty(SWITCH))
                            && isAsThen(record, environment);
            SpringProperties.setProperty(SWITCH, String.valueOf(isUsed));
        }
    }

    /// Whether nothing that chose beans has changed.
    static boolean isAsThen(List<String> record, ConfigurableEnvironment environment) {
        return environment.getActiveProfiles().length == 0
                && record.stream().allMatch(line -> line.equals(now(line, environment)));
    }

    private static @Nullable String now(String line, ConfigurableEnvironment environment) {
        String name = line.split(SEPARATOR, 2)[0];
        try {
            return line(name, environment.getProperty(name));
        } catch (IllegalArgumentException _) {
            // The reader of the setting reports a placeholder that cannot be resolved.
            return null;
        }
    }

    /// A line of the record. An absent setting has no value in it.
    static String line(String name, @Nullable String value) {
        return value == null ? name : name + SEPARATOR + value.replace("\n", "\\n");
    }

    private static List<String> record(ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(RECORD)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
