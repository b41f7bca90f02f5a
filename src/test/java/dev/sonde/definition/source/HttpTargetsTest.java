package dev.sonde.definition.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sonde.form.YamlText;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.TlsContexts;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers of real servers.
class HttpTargetsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ReceiverPolicy LOOPBACK = new ReceiverPolicy(List.of(), List.of(), true);
    private static final int LIMIT = 10_000;

    /// As Prometheus' documentation shows it.
    private static final String DOCUMENTED =
            """
            [
                {
                    "targets": ["10.0.10.2:9100", "10.0.10.3:9100"],
                    "labels": {"__meta_datacenter": "london", "__meta_prometheus_job": "node"}
                },
                {"targets": ["10.0.40.2:9100"], "labels": {}}
            ]
            """;

    @TempDir Path directory;
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private ScheduledExecutorService deadlines;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        deadlines = Executors.newSingleThreadScheduledExecutor();
        answer("/sd", 200, "application/json; charset=utf-8", DOCUMENTED);
    }

    @AfterEach
    void stop() {
        deadlines.shutdownNow();
        server.stop(0);
    }

    private void answer(String path, int status, String type, String body) {
        server.createContext(
                path,
                exchange -> {
                    note(exchange);
                    String header = status / 100 == 3 ? "Location" : "Content-Type";
                    exchange.getResponseHeaders().set(header, type);
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, 0);
                    try (exchange) {
                        exchange.getResponseBody().write(bytes);
                    } catch (IOException _) {
                        // The client has read enough.
                    }
                });
    }

    private void note(HttpExchange exchange) {
        exchange.getRequestHeaders()
                .forEach((name, values) -> asked.add(name + ": " + String.join(",", values)));
    }

    private TargetFinder finder(String path, String more) {
        String yaml =
                "http_sd: {url: 'http://127.0.0.1:%d%s'%s}"
                        .formatted(server.getAddress().getPort(), path, more);
        return finder(read(yaml), LOOPBACK, Duration.ofMinutes(1));
    }

    private TargetFinder finder(Discovery discovery, ReceiverPolicy policy, Duration timeout) {
        return new HttpTargets(
                (Discovery.Http) discovery,
                new TargetGroups(JSON),
                policy,
                LIMIT,
                timeout,
                deadlines);
    }

    private Discovery read(String yaml) {
        ObjectNode source = (ObjectNode) JSON.valueToTree(YamlText.read(yaml));
        return new SourceReader(JSON, new FileAccess.Mounted(directory))
                .read(source, JSON.createObjectNode())
                .discovery();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sd", "/moved"})
    void targetsHaveTheirLabelsWhenAServerAnswersAsDocumented(String path) throws Exception {
        answer("/moved", 302, "/sd", "");
        List<Map<String, String>> targets = finder(path, "").find();
        assertThat(targets).hasSize(3);
        assertThat(targets.get(1))
                .containsEntry("__address__", "10.0.10.3:9100")
                .containsEntry("__meta_datacenter", "london")
                .containsKey("__meta_url");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | application/json | [] | status 500",
                "404 | text/html | no | status 404",
                "200 | text/html | <html>Log in</html> | the answer is text/html",
                "200 | application/json | <html>Log in</html> | not valid JSON",
                "200 | application/json | {} | a list of target groups is expected",
                "200 | application/json | [7] | [0]: an object is expected",
                "200 | application/json | [{\"targets\": [7]}] | [0].targets: each target is a string",
                "200 | application/json | [{\"targets\": 7}] | [0].targets: a list is expected",
                "200 | application/json | [{\"targets\": [], \"labels\": {\"a\": 1}}] | [0].labels.a: a string",
                "200 | application/json | [{\"target\": []}] | [0].target: no such field",
                "302 | http://other.example/sd | '' | redirects elsewhere",
                "302 | //127.0.0.1:1/sd | '' | redirects elsewhere",
                "302 | /bad | '' | more than 3 redirects"
            })
    void oneSentenceSaysWhyWhenAnAnswerIsNotUsed(
            int status, String type, String body, String told) {
        answer("/bad", status, type, body);
        TargetFinder finder = finder("/bad", "");
        assertThatThrownBy(finder::find)
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(told);
    }

    @Test
    void anAnswerIsNotReadToItsEndWhenItIsTooLong() {
        server.createContext(
                "/long",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 200_000_000);
                    try (exchange) {
                        while (true) {
                            exchange.getResponseBody().write(new byte[LIMIT]);
                        }
                    } catch (IOException _) {
                        // The client has closed.
                    }
                });
        TargetFinder finder = finder("/long", "");
        assertThatThrownBy(finder::find)
                .hasMessageContaining("more than 10000 bytes (sonde.definitions.max-size)");
    }

    @Test
    void aServerThatNeverAnswersCostsItsTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            Discovery discovery = read("http_sd: {url: '%s'}".formatted(url));
            TargetFinder finder = finder(discovery, LOOPBACK, Duration.ofMillis(200));
            assertThatThrownBy(finder::find)
                    .isInstanceOf(SourceException.class)
                    .hasMessageMatching(".*(no whole answer within|timed out).*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", authorization: {credentials: s3} | Authorization: Bearer s3",
                ", authorization: {type: Token, credentials_file: secret} | Authorization: Token of-a-file",
                ", basic_auth: {username: u, password_file: secret} | Authorization: Basic dTpvZi1hLWZpbGU=",
                ", http_headers: {X-Team: {values: [a], secrets: [b], files: [secret]}} | X-team: a,b,of-a-file"
            })
    void credentialsAreSentWhenTheyAreConfigured(String more, String header) throws Exception {
        Files.writeString(directory.resolve("secret"), "of-a-file\n");
        finder("/sd", more).find();
        assertThat(asked).anyMatch(header::equalsIgnoreCase);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, sonde.policy.receivers.allow does not name it",
        "localhost, sonde.policy.receivers.allow does not name it",
        "169.254.169.254, sonde.policy.receivers.allow does not name it"
    })
    void anAddressIsNotConnectedToWhenThePolicyDeniesIt(String host, String told) {
        ReceiverPolicy policy = new ReceiverPolicy(List.of(), List.of(), false);
        String url = "http://%s:%d/sd".formatted(host, server.getAddress().getPort());
        Discovery discovery = read("http_sd: {url: '%s'}".formatted(url));
        TargetFinder finder = finder(discovery, policy, Duration.ofMinutes(1));
        assertThatThrownBy(finder::find)
                .hasMessageContaining("denied by policy")
                .hasMessageContaining(told);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | one of file_sd, http_sd and kubernetes",
                "{file_sd: {files: []}} | file_sd.files: at least one",
                "{file_sd: {files: [x], refresh: 10ms}} | file_sd.refresh: at least 1s",
                "{http_sd: {}} | http_sd.url: is required",
                "{http_sd: {url: 'ftp://a/'}} | a URL of http or https",
                "{http_sd: {url: 'http://u:p@a/'}} | without credentials",
                "{http_sd: {url: 'http://a/', basic_auth: {username: x}}} | password: is required",
                "{http_sd: {url: 'http://a/', tls_config: {cert_file: x}}} | cert and key belong together",
                "{http_sd: {url: 'http://a/', http_headers: {Host: {values: [x]}}}} | cannot be set",
                "{kubernetes: {}} | kubernetes.role: one of",
                "{name: 'A b', file_sd: {files: [x]}} | name: 1 to 63"
            })
    void aSourceIsRefusedWhenAFieldIsWrong(String yaml, String told) {
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(told);
    }

    /// Over TLS, by the settings of `tls_config`; the server asks for a client certificate.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ca_file: ca, cert_file: pair, key_file: pair | ''",
                "ca_file: ca, cert_file: pair, key_file: pair, server_name: other.example | the TLS handshake failed",
                "insecure_skip_verify: true, server_name: other.example, cert_file: pair, key_file: pair | ''",
                "cert_file: pair, key_file: pair | the TLS handshake failed",
                "ca_file: ca | //127.0.0.1"
            })
    void theServerAndTheClientAreVerifiedOverTls(String config, String told) throws Exception {
        CertificateAuthority authority = new CertificateAuthority(directory, Clock.systemUTC());
        Files.writeString(directory.resolve("ca"), Pem.of(List.of(authority.certificate())));
        Files.writeString(
                directory.resolve("pair"), Certificates.client(authority, "c", "c").toPem());
        HttpsServer secured = secured(authority);
        try {
            String url = "https://127.0.0.1:%d/sd".formatted(secured.getAddress().getPort());
            TargetFinder finder =
                    finder(
                            read("http_sd: {url: '%s', tls_config: {%s}}".formatted(url, config)),
                            LOOPBACK,
                            Duration.ofMinutes(1));
            if (told.isEmpty()) {
                assertThat(finder.find()).hasSize(3);
            } else {
                assertThatThrownBy(finder::find).hasMessageContaining(told);
            }
        } finally {
            secured.stop(0);
        }
    }

    private HttpsServer secured(CertificateAuthority authority) throws Exception {
        KeyMaterial own = Certificates.server(authority, "s", "127.0.0.1");
        HttpsServer secured =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.setHttpsConfigurator(
                new HttpsConfigurator(TlsContexts.of(own, authority.certificate())) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters asking = getSSLContext().getDefaultSSLParameters();
                        asking.setNeedClientAuth(true);
                        parameters.setSSLParameters(asking);
                    }
                });
        secured.createContext("/sd", this::documented);
        secured.start();
        return secured;
    }

    private void documented(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (exchange) {
            exchange.getResponseBody().write(DOCUMENTED.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theReadingFailsWhenAnAuthorityIsNotInPem() throws IOException {
        Path notPem = Files.writeString(directory.resolve("ca"), "none");
        TargetFinder finder = finder("/sd", ", tls_config: {ca_file: %s}".formatted(notPem));
        assertThatThrownBy(finder::find).hasMessageContaining("certificates and keys are in PEM");
    }
}
