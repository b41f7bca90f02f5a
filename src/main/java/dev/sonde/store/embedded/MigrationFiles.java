package dev.sonde.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.Location;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The migrations that this version has, known without a connection.
public record MigrationFiles(List<Location> locations) {

    private static final Pattern VERSIONED = Pattern.compile("V(.+)__.*\\.sql");

    /// The versions of all migrations.
    public List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (Location location : locations) {
            try {
                Resource[] files =
                        new PathMatchingResourcePatternResolver()
                                .getResources("classpath*:" + location.getRootPath() + "/*.sql");
                Arrays.stream(files)
                        .map(file -> Objects.requireNonNullElse(file.getFilename(), ""))
                        .map(VERSIONED::matcher)
                        .filter(Matcher::matches)
                        .forEach(name -> versions.add(name.group(1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return versions;
    }
}
