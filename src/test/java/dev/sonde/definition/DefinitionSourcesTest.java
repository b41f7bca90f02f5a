package dev.sonde.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.api.HttpTest;
import dev.sonde.probe.spec.ProbeDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/// Probes from files of targets, as documents in files name them.
@HttpTest
class DefinitionSourcesTest {

    private static final String SET = "files:web";
    private static final String DOCUMENT =
            """
            defaults: {probe: {interval: 24h, labels: {env: prod}}}
            sources:
              - name: web
                file_sd: {files: ["targets.*"], refresh: 1s}
                relabel_configs:
                  - {source_labels: [state], regex: "off", action: drop}
                  - {source_labels: [__address__], regex: "([^:]+)", target_label: __address__, replacement: "$1:9"}
                probe: {name: "t-${__address__}", labels: {job: "${job}"}}
            """;
    private static final String TARGETS =
            """
            [{"targets": ["127.0.0.1", "127.0.0.2:10"], "labels": {"job": "db"}},
             {"targets": ["127.0.0.3:9"], "labels": {"state": "off"}}]
            """;

    @TempDir Path directory;
    @LocalServerPort int port;
    @Autowired DocumentReader reader;
    @Autowired DefinitionSets sets;
    @Autowired DefinitionSources sources;
    @Autowired RestTestClient client;
    @Autowired ApplicationContext service;
    private DefinitionFiles files;

    @BeforeEach
    void apply() throws IOException {
        write("targets.json", TARGETS);
        write("sources.yaml", DOCUMENT);
        files = MountedFiles.of(service, directory.resolve("sources.yaml"));
    }

    @AfterEach
    void stop() {
        MountedFiles.unmount(service, files);
        sets.put("other", DefinitionDocument.EMPTY, false, null);
    }

    /// Replaces the file at once.
    private void write(String file, String text) throws IOException {
        Path next = Files.writeString(directory.resolve("." + file), text);
        Files.move(next, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> owned() {
        return sets.catalog().probes(SET).stream().map(ProbeDefinition::name).toList();
    }

    private void awaitOwned(String... names) {
        Awaitility.await().until(() -> owned().equals(List.of(names)));
    }

    private SourceStatus await(Predicate<SourceStatus> condition) {
        return Awaitility.await()
                .until(
                        () ->
                                sources.all().stream()
                                        .filter(each -> each.set().equals(SET))
                                        .findFirst()
                                        .orElse(SourceStatus.unread(SET)),
                        condition);
    }

    @Test
    void probesComeAndGoWithTheirTargets() throws IOException {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        assertThat(sets.catalog().probes(SET).getFirst().spec().labels())
                .containsEntry("job", "db")
                .containsEntry("env", "prod");
        write("targets.json", "[{\"targets\": [\"127.0.0.2:10\"]}]");
        awaitOwned("t-127.0.0.2-10");
        write("targets.json", "[]");
        awaitOwned();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "<html>", "[{\"targets\": 7}]", ""})
    void theLastTargetsStayWhenAFileIsMalformed(String text) throws IOException {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        write("targets.json", text);
        SourceStatus status = await(it -> it.problem() != null);
        assertThat(status.problem()).startsWith(directory + "/targets.json: ");
        assertThat(status.failed()).isPositive();
        assertThat(owned()).hasSize(2);
        client.get()
                .uri("http://127.0.0.1:%d/actuator/health/definitions".formatted(port))
                .exchange()
                .expectBody(String.class)
                .value(health -> assertThat(health).contains(SET, "targets.json"));
    }

    @Test
    void theLastTargetsStayWhenTheServiceStartsAndTheSourceFails() throws IOException {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        sources.stop();
        Files.delete(directory.resolve("targets.json"));
        files.reload();
        assertThat(await(it -> it.problem() != null).problem()).contains("no file is found");
        assertThat(owned()).hasSize(2);
    }

    @Test
    void oneTargetIsRejectedWhenItMakesNoProbe() throws IOException {
        sets.put(
                "other",
                reader.yaml(
                        "probes: {t-127.0.0.1-11: {target: '127.0.0.1:11', interval: 24h}}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                false,
                null);
        write(
                "targets.json",
                """
                [{"targets": ["127.0.0.1:9", "127.0.0.1:9", "127.0.0.1:port", "127.0.0.1:11", "?:"]}]
                """);
        files.reload();
        SourceStatus status = await(it -> it.applied() > 0);
        assertThat(owned()).containsExactly("t-127.0.0.1-9");
        assertThat(status.rejected()).isEqualTo(4);
        assertThat(status.rejections())
                .anyMatch(told -> told.endsWith("the name t-127.0.0.1-9 is made twice"))
                .anyMatch(told -> told.startsWith("127.0.0.1:port: target: "))
                .anyMatch(told -> told.endsWith("belongs to the set other"));
    }

    @Test
    void theProbesOfASourceEndWithIt() throws IOException {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        write("sources.yaml", "probes: {}");
        files.reload();
        assertThat(owned()).isEmpty();
    }

    @Test
    void theSetShowsItsSourcesWithTheirStatus() {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        await(it -> it.applied() > 0);
        client.get()
                .uri("http://127.0.0.1:%d/api/v1/definitions/files".formatted(port))
                .exchange()
                .expectBody()
                .jsonPath("$.sources[0].status.probes")
                .isEqualTo(2)
                .jsonPath("$.sources[0].relabel_configs[0].action")
                .isEqualTo("drop");
        client.get()
                .uri("http://127.0.0.1:%d/api/v1/probes/t-127.0.0.1-9".formatted(port))
                .exchange()
                .expectBody()
                .jsonPath("$.source")
                .isEqualTo(SET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sources: [{file_sd: {files: [x]}, probe: {colour: red}}]",
                "sources: [{file_sd: {files: [x]}, colour: red}]",
                "sources: [{file_sd: {files: [x]}}, {file_sd: {files: [x]}}]",
                "sources: {}",
                "sources: [7]"
            })
    void nothingChangesWhenASourceIsWrong(String document) throws IOException {
        files.reload();
        awaitOwned("t-127.0.0.1-9", "t-127.0.0.2-10");
        write("sources.yaml", document);
        assertThatThrownBy(files::reload).hasMessageContaining("sources.yaml: line 1: sources");
        assertThat(owned()).hasSize(2);
    }
}
