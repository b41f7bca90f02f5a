package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The scrape jobs that the README gives to its reader, with a test's own addresses.
final class ReadmeJobs {

    private static final String OPENING = "```yaml\n";
    private static final String FIRST_LINE = "scrape_configs:\n";
    private static final String SERVICE = "127.0.0.1:8080";
    private static final String TARGETS = "[\"db.example:5432\", \"10.0.0.7:22\"]";
    private static final String MODULE = "[tcp_connect]";

    private ReadmeJobs() {}

    /// @param port of the service
    static String with(int port, String module, List<String> targets) throws IOException {
        String block = block();
        assertThat(block).contains(SERVICE, TARGETS, MODULE);
        String quoted =
                targets.stream()
                        .map("\"%s\""::formatted)
                        .collect(Collectors.joining(", ", "[", "]"));
        return block.replace(SERVICE, "127.0.0.1:" + port)
                .replace(TARGETS, quoted)
                .replace(MODULE, "[" + module + "]");
    }

    private static String block() throws IOException {
        String readme = Files.readString(Path.of("docs", "guide", "replace-blackbox-exporter.md"));
        int start = readme.indexOf(OPENING + FIRST_LINE);
        assertThat(start).as("the README has scrape jobs").isNotNegative();
        int end = readme.indexOf("```", start + OPENING.length());
        return readme.substring(start + OPENING.length(), end);
    }
}
