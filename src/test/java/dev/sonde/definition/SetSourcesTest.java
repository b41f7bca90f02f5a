package dev.sonde.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sonde.api.HttpTest;
import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.definition.source.FileAccess;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.ProbeDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/// Sources in documents over HTTP.
@HttpTest
class SetSourcesTest {

    private static final String LISTENER = "{bind: '127.0.0.1:0', behaviour: {type: echo}}";
    private static final String LIST = "[{\"targets\": [\"127.0.0.1:9\"]}]";

    @TempDir Path directory;
    @LocalServerPort int port;
    @Autowired DefinitionSets sets;
    @Autowired DefinitionSources sources;
    @Autowired SetSources documents;
    @Autowired SourceStore store;
    @Autowired ListenerStore rows;
    @Autowired Listeners listeners;
    @Autowired DocumentReader reader;
    @Autowired ProbeSection section;
    @Autowired JsonMapper mapper;
    @Autowired RestTestClient client;
    @Autowired ApplicationContext service;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/sd",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 0);
                    try (exchange) {
                        exchange.getResponseBody().write(LIST.getBytes(StandardCharsets.UTF_8));
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        documents.put("web", DefinitionDocument.EMPTY, false);
        server.stop(0);
    }

    private String served() {
        return """
            defaults: {probe: {interval: 24h, labels: {env: prod}}}
            probes: {p-own: {target: "127.0.0.1:9"}}
            sources:
              - name: sd
                http_sd: {url: "http://127.0.0.1:%d/sd", refresh: 1h, authorization: {credentials: hunter2}}
                probe: {name: "s-${__address__}"}
            """
                .formatted(server.getAddress().getPort());
    }

    private String ask(HttpMethod method, String path, String body) {
        return String.valueOf(
                client.method(method)
                        .uri("http://127.0.0.1:%d/api/v1/definitions%s".formatted(port, path))
                        .contentType(MediaType.APPLICATION_YAML)
                        .body(body)
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private String put(String body) {
        return ask(HttpMethod.PUT, "/web", body);
    }

    private void awaitOwned(String... names) {
        Awaitility.await()
                .until(
                        () ->
                                sets.catalog().probes("web:sd").stream()
                                        .map(ProbeDefinition::name)
                                        .toList()
                                        .equals(List.of(names)));
    }

    @Test
    void theProbesOfASourceComeWithItsDocumentAndEndWithIt() {
        assertThat(put(served())).contains("\"created\":[\"p-own\"]");
        awaitOwned("s-127.0.0.1-9");
        assertThat(ask(HttpMethod.DELETE, "/web:sd", "")).contains("the set web has the source");
        String without = served().substring(0, served().indexOf("sources"));
        assertThat(ask(HttpMethod.PUT, "/web?dryRun=true", without))
                .contains("\"deleted\":[\"s-127.0.0.1-9\"]");
        awaitOwned("s-127.0.0.1-9");
        assertThat(put(without)).contains("\"deleted\":[\"s-127.0.0.1-9\"]", "\"unchanged\":1");
        awaitOwned();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void nothingChangesWhenTheViewIsPutBack() {
        put(served());
        awaitOwned("s-127.0.0.1-9");
        String view = view();
        List<ProbeDefinition> before = sets.catalog().probes("web:sd");
        assertThat(view).contains("credentials: hunter2", "env: prod", "status:");
        assertThat(put(view)).contains("\"unchanged\":1");
        assertThat(view()).isEqualTo(view);
        assertThat(sets.catalog().probes("web:sd")).isEqualTo(before);
    }

    private String view() {
        return String.valueOf(
                client.get()
                        .uri("http://127.0.0.1:%d/api/v1/definitions/web".formatted(port))
                        .accept(MediaType.APPLICATION_YAML)
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    @Test
    void aSourceGoesOnWhenTheServiceStartsAgain() {
        put(served());
        awaitOwned("s-127.0.0.1-9");
        sources.stop();
        sets.put("web:sd", DefinitionDocument.EMPTY, false, null);
        var _ = restarted(new FileAccess.Sent(null));
        awaitOwned("s-127.0.0.1-9");
    }

    private SetSources restarted(FileAccess.Sent access) {
        SetSources next = new SetSources(sets, sources, store, mapper, access);
        next.follow(Set.of());
        return next;
    }

    @Test
    void anotherReplicaFollowsWhenTheDocumentIsDeleted() {
        put(served());
        awaitOwned("s-127.0.0.1-9");
        SetSources other = restarted(new FileAccess.Sent(null));
        store.put("web", null);
        other.follow(Set.of());
        awaitOwned();
        assertThat(other.names()).isEmpty();
    }

    @Test
    void theSourcesStayWhenTheRestOfTheDocumentFails() {
        put(served());
        awaitOwned("s-127.0.0.1-9");
        String taken =
                "listeners: {l-taken: {bind: '127.0.0.1:%d', behaviour: {type: echo}}}\n"
                        .formatted(port);
        assertThat(put(taken)).contains("listeners.l-taken");
        assertThat(store.all()).hasSize(1);
        awaitOwned("s-127.0.0.1-9");
        assertThat(documents.version("web")).contains("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file_sd: {files: [targets.json]} | names files by absolute paths",
                "file_sd: {files: [/etc/*.json]} | is not below a directory of sonde.definitions.source-dirs",
                "file_sd: {files: ['{dir}/../*.json']} | is not below a directory",
                "http_sd: {url: 'http://a/', authorization: {credentials_file: '{dir}/x'}} | http_sd.authorization.credentials_file: a document over HTTP may not name a file",
                "http_sd: {url: 'http://a/', basic_auth: {username_file: '{dir}/x', password: y}} | may not name a file",
                "http_sd: {url: 'http://a/', http_headers: {x: {files: ['{dir}/x']}}} | may not name a file",
                "http_sd: {url: 'http://a/', tls_config: {ca_file: '{dir}/x'}} | may not name a file",
                "http_sd: {url: 'http://a/', authorization: {credentials: {hidden: true}}} | credentials"
            })
    void aDocumentIsRefusedWhenItNamesAFileThatItMayNot(String source, String told) {
        String document =
                "sources:\n  - {%s}\n".formatted(source.replace("{dir}", directory.toString()));
        DocumentReader reader =
                new DocumentReader(
                        mapper, section, new FileAccess.Sent(List.of(directory.resolve("in"))));
        assertThatThrownBy(() -> reader.yaml(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e ->
                                assertThat(e.fields().getFirst().sentence())
                                        .startsWith("sources[0].")
                                        .contains(told));
    }

    /// The settings may have changed since the document was accepted.
    @ParameterizedTest
    @ValueSource(strings = {"out", "link"})
    void aFileIsNotReadWhenItLeadsOutOfTheDirectories(String place) throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path in = Files.createDirectory(directory.resolve("in"));
        Files.writeString(out.resolve("t.json"), LIST);
        Files.createSymbolicLink(in.resolve("t.json"), out.resolve("t.json"));
        Path named = place.equals("out") ? out : in;
        put(
                "sources: [{name: sd, file_sd: {files: ['%s/*.json']}, probe: {interval: 24h}}]"
                        .formatted(named));
        awaitOwned("127.0.0.1-9");
        sources.stop();
        var _ = restarted(new FileAccess.Sent(List.of(in)));
        Awaitility.await().until(() -> String.valueOf(problem()).contains("source-dirs"));
        awaitOwned("127.0.0.1-9");
    }

    /// What a reader sees within the change is what a killed process leaves.
    @Test
    void rowsOfListenersAreAsBeforeUntilTheWholeSetIsWritten() throws Exception {
        put("listeners: {l-kept: %1$s, l-gone: %1$s}".formatted(LISTENER));
        List<StoredListener> before = rows.all();
        List<List<StoredListener>> seen = new ArrayList<>();
        DefinitionDocument next =
                reader.yaml(
                        "listeners: {l-kept: {bind: '127.0.0.1:0', behaviour: {type: hold}}, l-new: %s}"
                                .formatted(LISTENER)
                                .getBytes(StandardCharsets.UTF_8));
        Runnable failing =
                () -> {
                    seen.add(rows.all());
                    throw new IllegalStateException("no more");
                };
        assertThatIllegalStateException().isThrownBy(() -> sets.put("web", next, false, failing));
        assertThat(seen).containsExactly(before);
        assertThat(rows.all())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("address")
                .isEqualTo(before);
        assertThat(rows.all()).extracting(StoredListener::address).isEqualTo(addresses());
        sets.put("web", next, false, null);
        assertThat(rows.all())
                .extracting(it -> it.spec().name())
                .containsExactly("l-kept", "l-new");
    }

    private List<InetSocketAddress> addresses() {
        return listeners.all().stream().map(ListenerStatus::address).toList();
    }

    private @Nullable String problem() {
        return sources.of("web").values().iterator().next().problem();
    }
}
