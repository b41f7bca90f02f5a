package dev.sonde.start.aot;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/// A source without settings, which notes the names that it is asked for. Used by the build's one
/// thread.
final class AskedSettings extends PropertySource<Set<String>> {

    private static final String NAME = "askedSettings";

    AskedSettings() {
        super(NAME, new TreeSet<>());
    }

    /// The names that an environment was asked for; empty where nothing notes them.
    static Set<String> of(ConfigurableEnvironment environment) {
        return environment.getPropertySources().get(NAME) instanceof AskedSettings asked
                ? Set.copyOf(asked.getSource())
                : Collections.emptySet();
    }

    @Override
    public @Nullable Object getProperty(String name) {
        source.add(name);
        return null;
    }
}
