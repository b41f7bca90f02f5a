package dev.sonde.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.HttpTest;
import dev.sonde.definition.keeping.SetLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.unit.DataSize;

/// The set `files`, read from a directory that changes.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class DefinitionFilesTest {

    private static final String PROBE = "probes:\n  %s: {target: \"127.0.0.1:9\", interval: 24h}\n";

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir Path directory;
    @Autowired DocumentReader reader;
    @Autowired DefinitionSets sets;
    @Autowired DefinitionSources sources;
    @Autowired RestTestClient client;
    @LocalServerPort int port;
    private DefinitionFiles files;

    @AfterEach
    void stop() {
        files.stop();
        sets.put(DefinitionFiles.SET, DefinitionDocument.EMPTY, false, null);
    }

    private DefinitionFiles files(String... patterns) {
        return files(SetLease.ALONE, patterns);
    }

    private DefinitionFiles files(SetLease lease, String... patterns) {
        files =
                new DefinitionFiles(
                        new DefinitionProperties(
                                List.of(patterns),
                                Duration.ofMillis(100),
                                DataSize.ofKilobytes(64),
                                List.of(),
                                Duration.ofSeconds(10)),
                        reader,
                        sets,
                        sources,
                        lease,
                        Clock.systemUTC());
        return files;
    }

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private List<String> owned() {
        return sets.catalog().probes(DefinitionFiles.SET).stream()
                .map(each -> each.name())
                .toList();
    }

    private void awaitOwned(String... names) {
        await().until(() -> owned().equals(List.of(names)));
    }

    @Test
    void aChangeIsTakenUpWhenAConfigMapTurns() throws IOException {
        write("..one/probes.yaml", PROBE.formatted("f-one"));
        write("..two/probes.yaml", PROBE.formatted("f-two"));
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(directory.resolve("probes.yaml"), Path.of("..data/probes.yaml"));
        files(directory.toString()).start();
        awaitOwned("f-one");
        Path next = Files.createSymbolicLink(directory.resolve("..tmp"), Path.of("..two"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        awaitOwned("f-two");
    }

    @Test
    void aChangeIsTakenUpWhenAnEditorReplacesTheFile() throws IOException {
        Path file = write("a.yaml", PROBE.formatted("f-one"));
        files(directory + "/**.yaml").start();
        awaitOwned("f-one");
        Path copy = write("a.yaml~", PROBE.formatted("f-two"));
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        write("sub/b.yaml", PROBE.formatted("f-three"));
        awaitOwned("f-three", "f-two");
    }

    @Test
    void nothingChangesWhenAFileIsBadUntilItIsMended() throws IOException {
        Path file = write("a.yaml", PROBE.formatted("f-one"));
        files(file.toString()).start();
        awaitOwned("f-one");
        Files.writeString(file, "probes:\n  f-two:\n    target: nowhere\n    interval: 24h\n");
        await().until(() -> files.status().filter(it -> !it.isSuccessful()).isPresent());
        FileStatus status = files.status().orElseThrow();
        assertThat(status.problem()).startsWith(file + ": line 3: probes.f-two.target: ");
        assertThat(status.lastSuccess()).isNotNull();
        assertThat(owned()).containsExactly("f-one");
        Files.writeString(file, PROBE.formatted("f-two"));
        awaitOwned("f-two");
        assertThat(files.status().orElseThrow().problem()).isNull();
    }

    /// Thirty probes, five listeners and defaults.
    @Test
    void aWholeEstateIsLiveAfterTheStartAndAfterAChange() throws IOException {
        String defaults =
                """
                defaults:
                  probe: {interval: 24h, settings: {timeout: 2s}, labels: {env: %s}}
                  listener: {limits: {connections: 9}}
                """;
        String estate =
                lines("probes", 30, "  f-probe-%d: {target: '127.0.0.1:9'}\n")
                        + lines(
                                "listeners",
                                5,
                                "  f-port-%d: {bind: '127.0.0.1:0', behaviour: {type: echo}}\n");
        Path file = write("a.yaml", defaults.formatted("one") + estate);
        files(directory.toString()).start();
        await().atMost(LONG).until(() -> live("one") == 30);
        Files.writeString(file, defaults.formatted("two") + estate);
        await().atMost(LONG).until(() -> live("two") == 30);
        assertThat(sets.catalog().listeners(DefinitionFiles.SET))
                .hasSize(5)
                .allMatch(each -> each.spec().limits().connections() == 9);
    }

    private static String lines(String section, int number, String line) {
        return IntStream.range(0, number)
                .mapToObj(line::formatted)
                .collect(Collectors.joining("", section + ":\n", ""));
    }

    private long live(String env) {
        return sets.catalog().probes(DefinitionFiles.SET).stream()
                .filter(each -> each.spec().labels().equals(Map.of("env", env)))
                .count();
    }

    /// One of two replicas that mount the files; the other one has the lease.
    @Test
    void aReplicaOnlyChecksItsFilesUntilTheLeaseIsItsOwn() throws IOException {
        AtomicBoolean isMine = new AtomicBoolean();
        Path file = write("a.yaml", PROBE.formatted("f-one"));
        files(new Switched(isMine), file.toString());
        files.start();
        await().until(() -> files.status().isPresent());
        assertThat(owned()).isEmpty();
        isMine.set(true);
        awaitOwned("f-one");
        isMine.set(false);
        write("a.yaml", "probes: {f-two: {target: nowhere}}");
        await().until(() -> !files.status().orElseThrow().isSuccessful());
        assertThat(owned()).containsExactly("f-one");
    }

    private record Switched(AtomicBoolean isMine) implements SetLease {

        @Override
        public boolean take(String set, Duration length) {
            return isMine.get();
        }

        @Override
        public void release(String set) {}
    }

    @Test
    void bothFilesAreNamedWhenTheyDefineOneName() throws IOException {
        Path first = write("a.yaml", PROBE.formatted("f-one"));
        Path second =
                write(
                        "b.json",
                        "{\"probes\": {\"f-one\": {\"target\": \"127.0.0.1:9\", \"interval\": \"1h\"}}}");
        assertThatThrownBy(files(directory.toString())::reload)
                .hasMessageContaining("probes.f-one is defined in " + first + " and in " + second);
        assertThat(owned()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.yaml | missing.yaml: no such file exists",
                "*.yml | no file is found",
                "empty | no such file exists",
                "big.yaml | more than 65536 bytes (sonde.definitions.max-size)"
            })
    void theServiceGoesOnWhenNothingCanBeRead(String pattern, String told) throws IOException {
        write("big.yaml", "# " + "x".repeat(70_000));
        assertThatThrownBy(files(directory + "/" + pattern)::reload).hasMessageContaining(told);
        files.start();
        assertThat(files.status().orElseThrow().isSuccessful()).isFalse();
    }

    @Test
    void theSameIsShownWhenTheViewIsAFileAgain() throws IOException {
        Path file =
                write(
                        "a.yaml",
                        """
                        defaults: {probe: {interval: 24h, settings: {timeout: 2s}, labels: {a: b}}}
                        probes:
                          f-one: {target: "127.0.0.1:9", settings: {tls: {serverName: x}}}
                          f-two: {target: "[::1]:9", rise: 1, labels: {c: "true"}}
                        listeners:
                          f-echo: {bind: "127.0.0.1:0", behaviour: {type: echo, delay: 1s}}
                        """);
        files(file.toString()).reload();
        String view = view();
        List<Long> versions = versions();
        Files.writeString(file, view);
        files.reload();
        assertThat(view()).isEqualTo(view);
        assertThat(versions()).isEqualTo(versions);
    }

    private String view() {
        return String.valueOf(
                client.get()
                        .uri("http://127.0.0.1:%d/api/v1/definitions/files".formatted(port))
                        .header("Accept", "application/yaml")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private List<Long> versions() {
        return sets.catalog().probes(DefinitionFiles.SET).stream()
                .map(each -> each.version())
                .toList();
    }
}
