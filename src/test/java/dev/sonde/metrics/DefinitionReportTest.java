package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.api.HttpTest;
import dev.sonde.definition.DefinitionFiles;
import dev.sonde.definition.DefinitionSources;
import dev.sonde.definition.MountedFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// Meters and health of files that are good, bad and good again.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class DefinitionReportTest {

    private static final String GOOD = "probes: {r-one: {target: '127.0.0.1:9', interval: 24h}}";
    private static final String SOURCE =
            """
            sources:
              - {name: list, file_sd: {files: [list.yaml], refresh: 1s}, probe: {interval: 24h}}
            """;

    @TempDir Path directory;
    @Autowired ApplicationContext service;
    @Autowired DefinitionSources sources;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DefinitionFiles files;

    @AfterEach
    void unmount() {
        MountedFiles.unmount(service, files);
    }

    private DefinitionReport report(String document) throws IOException {
        Path file = Files.writeString(directory.resolve("set.yaml"), document);
        files = MountedFiles.of(service, file);
        DefinitionReport report = new DefinitionReport(files, sources);
        report.bindTo(meters);
        return report;
    }

    private double value(String name, String... tags) {
        return meters.get("sonde.definitions." + name).tags(tags).gauge().value();
    }

    @Test
    void aBadFileIsToldUntilItIsMended() throws IOException {
        DefinitionReport report = report(GOOD);
        files.reload();
        assertThat(value("last.reload.successful")).isEqualTo(1);
        double good = value("last.reload.success.timestamp");
        Files.writeString(directory.resolve("set.yaml"), "probes: {r-one: {target: x}}");
        assertThatThrownBy(files::reload).isInstanceOf(RuntimeException.class);
        assertThat(value("last.reload.successful")).isZero();
        assertThat(value("last.reload.success.timestamp")).isEqualTo(good);
        assertThat(report.health().getDetails().get("problem").toString())
                .contains("set.yaml: line 1: probes.r-one.");
        Files.writeString(directory.resolve("set.yaml"), GOOD);
        files.reload();
        assertThat(value("last.reload.successful")).isEqualTo(1);
        assertThat(report.health().getDetails()).doesNotContainKey("problem");
    }

    @Test
    void aSourceIsCountedWhenItIsAppliedAndWhenItFails() throws IOException {
        new SourceReport(sources).bindTo(meters);
        Files.writeString(directory.resolve("list.yaml"), "- targets: ['127.0.0.1:9', 'x']");
        report(SOURCE);
        files.reload();
        Awaitility.await().until(() -> count("applied") >= 1);
        assertThat(value("source.probes", "source", "files:list")).isEqualTo(1);
        assertThat(value("source.rejected", "source", "files:list")).isEqualTo(1);
        Files.writeString(directory.resolve("list.yaml"), "html");
        Awaitility.await().until(() -> count("failed") >= 1);
        assertThat(value("source.probes", "source", "files:list")).isEqualTo(1);
    }

    private double count(String outcome) {
        var found =
                meters.find("sonde.definitions.source.reads")
                        .tags("source", "files:list", "outcome", outcome)
                        .functionCounter();
        return found == null ? 0 : found.count();
    }
}
