package dev.sonde.blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.sonde.attempt.Prober;
import dev.sonde.blackbox.direct.DirectScrapes;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.FullQueue;
import dev.sonde.lab.KeptConnection;
import dev.sonde.lab.TalkingPeer;
import dev.sonde.lab.TlsContexts;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The contract of `/probe` and its companions, as blackbox_exporter's users rely on it.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class ProbeEndpointTest {

    private static final String MODULES =
            """
            modules:
              tcp_connect: {prober: tcp}
              tcp_v4: {prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4}}
              http_2xx: {prober: http, http: {bearer_token: hidden}}
              strange: {prober: smoke}
              own: {settings: {timeout: 3s, close: rst}}
              tls: {prober: tcp, tcp: {tls: true}}
              lax: {prober: tcp, tcp: {tls: true, tls_config: {insecure_skip_verify: true}}}
            """;

    @TempDir static Path directory;

    @LocalServerPort int port;
    @Autowired Prober prober;
    @Autowired MeterRegistry meters;
    @Autowired DirectScrapes loops;
    private ScrapeCalls calls;
    private ServerSocket listener;
    private String target;

    @DynamicPropertySource
    static void moduleFile(DynamicPropertyRegistry registry) throws IOException {
        Files.writeString(directory.resolve("modules.yaml"), MODULES);
        registry.add("sonde.modules.file", () -> directory.resolve("modules.yaml"));
        registry.add("sonde.modules.check-every", () -> "1h");
    }

    @BeforeEach
    void open() throws IOException {
        calls = new ScrapeCalls(port);
        listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        target = "127.0.0.1:" + listener.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        calls.close();
        listener.close();
    }

    @Test
    void theShortWayAnswersAndCountsAsTheFilterChainDoes() {
        long before = answeredRequests();
        String path = "/probe?module=tcp_connect&target=" + target;
        var plain = calls.get(path).headers().map();
        var chained = calls.get(path, "X-Other", "header").headers().map();
        assertThat(plain.keySet()).isEqualTo(chained.keySet());
        for (String name : plain.keySet()) {
            if (!List.of("date", "content-length").contains(name)) {
                assertThat(plain.get(name)).as(name).isEqualTo(chained.get(name));
            }
        }
        await().untilAsserted(() -> assertThat(answeredRequests()).isEqualTo(before + 2));
    }

    @Test
    void aLoopAnswersTheScrapesThatRepeatOnAConnection() throws IOException {
        long before = loops.answered();
        try (KeptConnection caller = KeptConnection.open(port)) {
            List<String> first = caller.ask(scrape("")).head();
            while (loops.answered() < before + 2) {
                KeptConnection.Answer answer = caller.ask(scrape(""));
                assertThat(answer.head()).isEqualTo(first);
                assertThat(Scraped.of(answer.body()).value("probe_success")).isOne();
            }
        }
    }

    /// Each comes after two scrapes on one connection, and one more scrape follows.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /-/healthy HTTP/1.1~Host: localhost~~|200",
                "GET /probe?target=x:1&module=none HTTP/1.1~Host: localhost~~|400",
                "GET /probe?module=tcp_connect HTTP/1.1~Host: localhost~~|400",
                "GET /probe?module=tcp_connect&target=no-port HTTP/1.1~Host: localhost~~|200",
                "GET /probe?module=tcp_connect&target=127.0.0.1:1&debug=true HTTP/1.1~Host: localhost~~|200",
                "GET /probe?module=tcp_connect&target=127.0.0.1:1 HTTP/1.1~Host: elsewhere.example~~|403",
                "GET /probe?module=tcp_connect&target=%GG HTTP/1.1~Host: localhost~~|400",
                "POST /-/reload HTTP/1.1~Host: localhost~Content-Length: 2~~{}|200",
            })
    void theServerAnswersAnyOtherRequestOfThatConnection(String request, int status)
            throws IOException {
        try (KeptConnection caller = KeptConnection.open(port)) {
            caller.ask(scrape(""));
            caller.ask(scrape(""));
            KeptConnection.Answer other = caller.ask(request.replace("~", "\r\n"));
            assertThat(other.head().getFirst()).isEqualTo("HTTP/1.1 " + status + " ");
            if (other.isKept()) {
                assertThat(caller.ask(scrape("")).body()).contains("probe_success 1");
            }
        }
    }

    @Test
    void everyRequestIsAnsweredInItsTurnWhenTheyComeAtOnceOrInParts() throws IOException {
        try (KeptConnection caller = KeptConnection.open(port)) {
            caller.ask(scrape(""));
            caller.send(scrape("") + scrape("") + "GET /-/healthy HTTP/1.1\r\nHo");
            assertThat(caller.answer().body()).contains("probe_success 1");
            assertThat(caller.answer().body()).contains("probe_success 1");
            assertThat(caller.ask("st: localhost\r\n\r\n").body()).isEqualTo("Healthy");
        }
    }

    /// Else a proxy would take the answer to what the body says for that to its next request.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 50~|@",
                "Transfer-Encoding: chunked~|32~@~0~~",
            })
    void aBodyThatComesAfterItsHeadIsNoRequest(String header, String framed) throws IOException {
        String inner = "GET /-/healthy HTTP/1.1~Host: localhost~A: b~~";
        String head = scrape(header.replace("~", "\r\n"));
        String body = framed.replace("@", inner).replace("~", "\r\n");
        try (KeptConnection caller = KeptConnection.open(port)) {
            caller.ask(head + body);
            for (int i = 0; i < 2; i++) {
                assertThat(caller.ask(head).body()).contains("probe_success 1");
                caller.send(body);
            }
            assertThat(caller.ask(scrape("")).body()).contains("probe_success 1");
        }
    }

    @Test
    void aLoopCancelsTheProbeWhenItsCallerHasGone() throws IOException {
        try (FullQueue full = FullQueue.open()) {
            try (KeptConnection caller = KeptConnection.open(port)) {
                caller.ask(scrape(""));
                caller.send(scrape("").replace(target, full.target()));
                await().until(() -> prober.inFlight() == 1);
            }
            await().until(() -> prober.inFlight() == 0);
        }
    }

    @Test
    void aLoopZipsTheBodyWhenTheScrapeAcceptsIt() throws IOException {
        try (KeptConnection caller = KeptConnection.open(port)) {
            for (int i = 0; i < 2; i++) {
                byte[] zipped = caller.ask(scrape("Accept-Encoding: gzip\r\n")).bytes();
                byte[] body = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
                assertThat(new String(body, US_ASCII)).contains("probe_success 1");
            }
        }
    }

    private String scrape(String header) {
        return "GET /probe?module=tcp_connect&target=%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                .formatted(target, header);
    }

    private long answeredRequests() {
        var answered =
                meters.find("http.server.requests").tag("uri", "/probe").tag("status", "200");
        return answered.timers().stream().mapToLong(Timer::count).sum();
    }

    @Test
    void metricsAreThoseOfTheTableWhenAConnectSucceeds() {
        Scraped scraped = calls.probe("target", target, "module", "tcp_connect");
        assertThat(scraped.names())
                .contains(
                        "probe_success",
                        "probe_duration_seconds",
                        "probe_timeout_seconds",
                        "probe_dns_lookup_time_seconds",
                        "probe_ip_protocol",
                        "probe_ip_addr_hash",
                        "probe_failed_due_to_regex",
                        "probe_failed_due_to_bytes")
                .doesNotContain("probe_failure_info", "probe_failed_at_step");
        assertThat(scraped.value("probe_success")).isOne();
        assertThat(scraped.value("probe_ip_protocol")).isEqualTo(4);
        assertThat(scraped.value("probe_timeout_seconds")).isEqualTo(119.5);
        assertThat(scraped.value("probe_duration_seconds")).isPositive();
        assertThat(scraped.value("probe_tcp_duration_seconds{phase=\"connect\"}")).isPositive();
        assertThat(scraped.types().values()).containsOnly("gauge");
        assertThat(scraped.helps())
                .containsEntry("probe_success", "Displays whether or not the probe was a success")
                .containsEntry(
                        "probe_duration_seconds",
                        "Returns how long the probe took to complete in seconds");
    }

    /// The prober waits for a peer's goodbye, and blackbox_exporter does not.
    @Test
    void theDurationEndsBeforeTheGoodbyeWhenTheServerNeverSaysIts() throws Exception {
        CertificateAuthority authority =
                new CertificateAuthority(directory.resolve("peer"), Clock.systemUTC());
        KeyMaterial keys = Certificates.server(authority, "server-a", "localhost");
        SSLContext context = TlsContexts.of(keys, keys.chain().getLast());
        try (TalkingPeer peer = TalkingPeer.start(client -> shakeHands(client, context))) {
            Scraped scraped = calls.probe("target", peer.target(), "module", "lax");
            String phase = "probe_tcp_duration_seconds{phase=\"%s\"}";
            double before =
                    Stream.of("queue", "connect", "tls")
                            .mapToDouble(name -> scraped.value(phase.formatted(name)))
                            .sum();
            assertThat(scraped.value("probe_success")).isOne();
            assertThat(scraped.value(phase.formatted("close"))).isGreaterThan(0.4);
            assertThat(scraped.value("probe_duration_seconds")).isCloseTo(before, within(1e-6));
        }
    }

    /// And then only reads, until the prober has had enough.
    private static void shakeHands(Socket client, SSLContext context) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(client, null, client.getPort(), false);
        tls.setUseClientMode(false);
        tls.startHandshake();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Test
    void answerIs200AndSaysWhyWhenNothingListens() throws IOException {
        listener.close();
        Scraped scraped = calls.probe("target", target, "module", "tcp_connect");
        assertThat(scraped.value("probe_success")).isZero();
        assertThat(scraped.value("probe_failure_info{phase=\"connect\",reason=\"refused\"}"))
                .isOne();
        assertThat(scraped.names())
                .contains("probe_ip_addr_hash")
                .doesNotContain("probe_failed_due_to_regex", "probe_failed_due_to_bytes");
    }

    @Test
    void answerIs200WithoutAnAddressWhenTheTargetCannotBeRead() {
        Scraped scraped = calls.probe("target", "no-port", "module", "tcp_connect");
        assertThat(scraped.names())
                .containsExactly(
                        "probe_duration_seconds",
                        "probe_failure_info",
                        "probe_success",
                        "probe_timeout_seconds");
        assertThat(scraped.value("probe_failure_info{phase=\"\",reason=\"invalid_target\"}"))
                .isOne();
    }

    @Test
    void answerIs200AndSaysWhyWhenTheHostnameIsNone() {
        String[] query = {"target", target, "module", "tls", "hostname", "a b"};
        assertThat(calls.probe(query).value("probe_success")).isZero();
        assertThat(calls.get("/logs?" + ScrapeCalls.query("target", target)).body())
                .contains("Target or hostname cannot be read");
    }

    @Test
    void protocolIsZeroWhenTheNameHasNoAddress() {
        Scraped scraped = calls.probe("target", "none.invalid:1", "module", "tcp_connect");
        assertThat(scraped.value("probe_ip_protocol")).isZero();
        assertThat(scraped.value("probe_ip_addr_hash")).isZero();
        assertThat(scraped.names()).contains("probe_dns_lookup_time_seconds");
    }

    @Test
    void targetIsReadWhenItsBracketsAreNotEncoded() throws IOException {
        try (Socket scraper = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            String request =
                    "GET /probe?module=tcp_connect&target=[::1]:1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            scraper.getOutputStream().write(request.getBytes(US_ASCII));
            assertThat(new String(scraper.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("probe_ip_protocol 6");
        }
    }

    @Test
    void connectionIsKeptWhenItHasCarriedManyRequests() throws IOException {
        try (Socket scraper = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            byte[] request =
                    "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(scraper.getInputStream(), US_ASCII));
            for (int i = 0; i < 150; i++) {
                scraper.getOutputStream().write(request);
                List<String> head = new ArrayList<>();
                for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
                    head.add(line);
                }
                assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContain("Connection: close");
                assertThat(answers.skip("Healthy".length())).isEqualTo("Healthy".length());
            }
        }
    }

    /// The order of the checks: module, timeout, target, prober.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module=none&timeout|400|Unknown module \"none\"",
                "module=http_2xx&timeout|500"
                        + "|Failed to parse timeout from Prometheus header: strconv.ParseFloat:"
                        + " parsing \"abc\": invalid syntax",
                "module=http_2xx|400|Target parameter is missing",
                "|400|Target parameter is missing",
                "target=127.0.0.1:1|400"
                        + "|Prober \"http\" of module \"http_2xx\" is not supported: only tcp is",
                "module=strange&target=127.0.0.1:1|400|Unknown prober \"smoke\""
            })
    void firstProblemIsToldWhenThereAreSeveral(String query, int status, String message) {
        String given = query == null ? "" : query;
        HttpResponse<String> response =
                given.endsWith("&timeout")
                        ? calls.get("/probe?" + given, "X-Prometheus-Scrape-Timeout-Seconds", "abc")
                        : calls.get("/probe?" + given);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(message + "\n");
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void probeEndsInTimeWhenTheScrapeIsShort() throws IOException {
        try (FullQueue full = FullQueue.open()) {
            String query = ScrapeCalls.query("target", full.target(), "module", "tcp_v4");
            HttpResponse<String> response =
                    calls.get("/probe?" + query, "X-Prometheus-Scrape-Timeout-Seconds", "0.8");
            Scraped scraped = Scraped.of(response.body());
            assertThat(scraped.value("probe_timeout_seconds")).isEqualTo(0.3);
            assertThat(scraped.value("probe_duration_seconds")).isGreaterThanOrEqualTo(0.3);
            assertThat(scraped.value("probe_failure_info{phase=\"connect\",reason=\"timed_out\"}"))
                    .isOne();
        }
    }

    @Test
    void timeoutIsTheModulesWhenItIsOfOurForm() {
        Scraped scraped = calls.probe("target", target, "module", "own");
        assertThat(scraped.value("probe_timeout_seconds")).isEqualTo(3);
        assertThat(scraped.value("probe_success")).isOne();
    }

    @Test
    void probeIsCancelledWhenTheScrapeIsGivenUp() throws IOException {
        try (FullQueue full = FullQueue.open()) {
            try (Socket scrape = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                String query = ScrapeCalls.query("target", full.target(), "module", "tcp_connect");
                scrape.getOutputStream()
                        .write(
                                "GET /probe?%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                        .formatted(query)
                                        .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> prober.inFlight() == 1);
            }
            await().until(() -> prober.inFlight() == 0);
            assertThat(calls.get("/logs?" + ScrapeCalls.query("target", full.target())).body())
                    .contains("reason=\"cancelled\"");
        }
    }

    @Test
    void bodyIsZippedWhenTheScrapeAcceptsIt() throws IOException {
        String path = "/probe?" + ScrapeCalls.query("target", target, "module", "tcp_connect");
        HttpResponse<byte[]> response = calls.bytes(path, "Accept-Encoding", "deflate, gzip;q=0.5");
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(response.headers().firstValue("content-type").orElse("").replace(" ", ""))
                .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8");
        byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        assertThat(Scraped.of(new String(body, StandardCharsets.UTF_8)).value("probe_success"))
                .isOne();
    }

    @Test
    void logMetricsAndModuleAreShownWhenDebugIsAskedFor() {
        HttpResponse<String> response =
                calls.ask("target", target, "module", "tcp_v4", "debug", "true");
        assertThat(response.body())
                .startsWith("Logs for the probe:\n")
                .contains(
                        "msg=\"Beginning probe\"",
                        "\n\n\n\nMetrics that would have been returned:\n# HELP",
                        "probe_success 1\n",
                        "\n\n\n\nModule configuration:\n",
                        "preferred_ip_protocol: ip4");
    }

    @Test
    void recentProbeIsShownWhenItsNumberIsAskedFor() {
        calls.probe("target", target, "module", "tcp_connect");
        String newest = calls.get("/logs").body().lines().findFirst().orElseThrow();
        assertThat(newest).contains("success \"tcp_connect\" \"" + target + "\"");
        String id = newest.substring(0, newest.indexOf(' '));
        assertThat(calls.get("/logs?id=" + id).body()).contains(target, "Probe succeeded");
        assertThat(calls.get("/logs?id=999999").statusCode()).isEqualTo(404);
        assertThat(calls.get("/logs?id=x").body()).isEqualTo("Invalid probe id\n");
        assertThat(calls.get("/logs?target=never:1").statusCode()).isEqualTo(404);
    }

    @Test
    void configIsShownWithoutSecretsWhenItIsAskedFor() {
        assertThat(calls.get("/config").body())
                .contains("tcp_v4:", "bearer_token: <secret>")
                .doesNotContain("hidden");
        assertThat(calls.get("/-/healthy").body()).isEqualTo("Healthy");
    }

    @Test
    void oldModulesAnswerWhenABadFileIsReloaded() throws IOException {
        Path file = directory.resolve("modules.yaml");
        try {
            Files.writeString(file, "modules: {tcp_connect: {prober: tcp}, tcp_connect: {}}");
            HttpResponse<String> response = calls.post("/-/reload");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("failed to reload config:", "duplicate key");
            assertThat(calls.probe("target", target, "module", "own").value("probe_success"))
                    .isOne();
        } finally {
            Files.writeString(file, MODULES);
        }
        assertThat(calls.post("/-/reload").statusCode()).isEqualTo(200);
        assertThat(calls.get("/-/reload").statusCode()).isEqualTo(405);
    }

    @Test
    void wrongModuleAnswers400AndTheOthersWorkWhenTheFileIsReloaded() throws IOException {
        Path file = directory.resolve("modules.yaml");
        try {
            Files.writeString(file, MODULES + "  wrong: {prober: tcp, colour: red}\n");
            assertThat(calls.post("/-/reload").statusCode()).isEqualTo(200);
            HttpResponse<String> wrong = calls.ask("target", target, "module", "wrong");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("\"wrong\"", "colour: unknown field");
            assertThat(calls.probe("target", target, "module", "own").value("probe_success"))
                    .isOne();
            assertThat(unusable("wrong")).isOne();
        } finally {
            Files.writeString(file, MODULES);
        }
        assertThat(calls.post("/-/reload").statusCode()).isEqualTo(200);
        assertThat(meters.find("sonde.module.unusable").gauge()).isNull();
    }

    private double unusable(String module) {
        return meters.get("sonde.module.unusable").tag("module", module).gauge().value();
    }
}
