package dev.sonde.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/// The files that the configuration was read from. Safe for any thread.
public final class ConfigurationFiles {

    private static final Pattern FILE = Pattern.compile("file \\[([^]]+)]");
    private static final Pattern TREE = Pattern.compile("Config tree '([^']+)'");

    /// Sources that stand above the files and do not change.
    private static final List<String> FIXED =
            List.of("commandLineArgs", "spring.application.json", "Inlined Test Properties");

    private final ConfigurableEnvironment started;
    private final List<Path> paths;

    public ConfigurationFiles(ConfigurableEnvironment started) {
        this.started = started;
        this.paths =
                started.getPropertySources().stream().flatMap(ConfigurationFiles::path).toList();
    }

    private static Stream<Path> path(PropertySource<?> source) {
        return Stream.of(FILE, TREE)
                .map(pattern -> pattern.matcher(source.getName()))
                .filter(Matcher::find)
                .map(found -> Path.of(found.group(1)));
    }

    /// The content of the files now, one text for each; empty without any.
    public List<String> fingerprint() {
        return paths.stream()
                .flatMap(ConfigurationFiles::files)
                .map(ConfigurationFiles::hash)
                .toList();
    }

    private static Stream<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException _) {
            return Stream.of(path);
        }
    }

    private static String hash(Path file) {
        try {
            return file + " " + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            return file + " " + e.getClass().getSimpleName();
        }
    }

    /// Reads settings from the files as they are now.
    ///
    /// @throws RuntimeException where they cannot be used
    public <T> T read(String prefix, Class<T> type) {
        StandardEnvironment fresh = new StandardEnvironment();
        List<String> fixed = new ArrayList<>(FIXED);
        for (String name : fixed.reversed()) {
            PropertySource<?> source = started.getPropertySources().get(name);
            if (source != null) {
                fresh.getPropertySources().addFirst(source);
            }
        }
        ConfigDataEnvironmentPostProcessor.applyTo(
                fresh, new DefaultResourceLoader(), null, started.getActiveProfiles());
        return Binder.get(fresh).bindOrCreate(prefix, Bindable.of(type));
    }
}
