package dev.sonde.toxiproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sonde.listen.Listeners;
import dev.sonde.policy.BindPolicy;
import dev.sonde.start.StartException;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;

/// Toxiproxy's API as its Java client and bare HTTP meet it, with real connections.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Execution(ExecutionMode.SAME_THREAD)
class ToxiproxyTest {

    @Autowired ToxiproxyServer server;
    @Autowired Listeners listeners;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();
    private ToxiproxyClient client;
    private ServerSocket upstream;

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server.start(new InetSocketAddress(loopback, 0));
        upstream = new ServerSocket(0, 50, loopback);
        client = new ToxiproxyClient("127.0.0.1", port());
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        listeners.all().stream()
                .filter(each -> each.definition().spec().labels().containsKey("toxiproxy"))
                .forEach(each -> listeners.delete(each.name(), _ -> {}));
        server.stop();
        upstream.close();
    }

    private int port() {
        return Objects.requireNonNull(server.port());
    }

    private Proxy create(String name) throws IOException {
        return client.createProxy(name, "127.0.0.1:0", "127.0.0.1:" + upstream.getLocalPort());
    }

    private Socket connect(Proxy proxy) throws IOException {
        String listen = proxy.getListen();
        int colon = listen.lastIndexOf(':');
        return opened(
                new Socket(
                        listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1))));
    }

    private Socket opened(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Socket accepted() throws IOException {
        return opened(upstream.accept());
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket from, int count) throws IOException {
        return new String(from.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    @Test
    void proxyIsAListenerOfBothApisWhenItsNameIsOdd() throws IOException {
        Proxy proxy = create("Redis:6379");
        assertThat(client.getProxy("Redis:6379").getUpstream()).isEqualTo(proxy.getUpstream());
        assertThat(proxy.isEnabled()).isTrue();
        assertThat(listeners.all())
                .filteredOn(each -> each.name().startsWith("redis-6379-"))
                .singleElement()
                .satisfies(each -> assertThat(each.definition().spec().isTransient()).isTrue());
    }

    @Test
    void connectionsEndAndThePortRefusesWhenTheProxyIsDisabled() throws IOException {
        Proxy proxy = create("toggled");
        Socket open = connect(proxy);
        accepted();
        proxy.disable();
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> open.getInputStream().read());
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(proxy));
        proxy.enable();
        write(connect(proxy), "back");
        assertThat(read(accepted(), 4)).isEqualTo("back");
    }

    @Test
    void latencyActsOnOpenConnectionsWhenItIsAddedChangedAndRemoved() throws IOException {
        Proxy proxy = create("slow");
        Socket near = connect(proxy);
        Socket far = accepted();
        Latency latency = proxy.toxics().latency("lag", ToxicDirection.DOWNSTREAM, 100);
        assertThat(tookMillis(far, near)).isGreaterThanOrEqualTo(100);
        latency.setJitter(5).setLatency(20);
        assertThat(proxy.toxics().get("lag", Latency.class).getJitter()).isEqualTo(5);
        assertThat(tookMillis(far, near)).isGreaterThanOrEqualTo(15);
        latency.setLatency(3_600_000);
        write(far, "freed");
        latency.remove();
        assertThat(read(near, 5)).isEqualTo("freed");
    }

    private static long tookMillis(Socket from, Socket to) throws IOException {
        long startNanos = System.nanoTime();
        write(from, "x");
        assertThat(to.getInputStream().read()).isEqualTo('x');
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    @Test
    void connectionIsCutAndHealsWhenTheRateIsZeroBothWays() throws IOException {
        Proxy proxy = create("cut");
        Socket near = connect(proxy);
        Socket far = accepted();
        proxy.toxics().bandwidth("down", ToxicDirection.DOWNSTREAM, 0);
        proxy.toxics().bandwidth("up", ToxicDirection.UPSTREAM, 0);
        write(near, "later");
        far.setSoTimeout(50);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> far.getInputStream().read());
        far.setSoTimeout(10_000);
        client.reset();
        assertThat(read(far, 5)).isEqualTo("later");
        assertThat(proxy.toxics().getAll()).isEmpty();
    }

    @Test
    void bytesTakeTheirTimeWhenTheRateIsBounded() throws IOException {
        Proxy proxy = create("thin");
        proxy.toxics().bandwidth("down", ToxicDirection.DOWNSTREAM, 100);
        Socket near = connect(proxy);
        Socket far = accepted();
        long took = transferMillis(far, near);
        // A busy machine only adds to it: one round within the bound is the proof.
        for (int round = 1; round < 20 && took > 525; round++) {
            took = transferMillis(far, near);
        }
        assertThat(took).isBetween(475L, 525L);
    }

    /// Of 50,000 bytes, which take 500 ms at 100 kB/s.
    private static long transferMillis(Socket from, Socket to) throws IOException {
        long startNanos = System.nanoTime();
        write(from, "x".repeat(50_000));
        assertThat(read(to, 50_000)).hasSize(50_000);
        long took = (System.nanoTime() - startNanos) / 1_000_000;
        assertThat(took).isGreaterThanOrEqualTo(475);
        return took;
    }

    @Test
    void limitCutsToTheByteAndTimeoutStaysSilent() throws IOException {
        Proxy proxy = create("short");
        proxy.toxics().limitData("limit", ToxicDirection.DOWNSTREAM, 7);
        Socket near = connect(proxy);
        write(accepted(), "0123456789");
        assertThat(read(near, 100)).isEqualTo("0123456");
        client.reset();
        proxy.toxics().timeout("hole", ToxicDirection.DOWNSTREAM, 100);
        Socket silent = connect(proxy);
        write(accepted(), "never");
        assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void peersMeetAResetWhenTheToxicIsResetPeer() throws IOException {
        Proxy proxy = create("rude");
        proxy.toxics().resetPeer("rst", ToxicDirection.UPSTREAM, 0);
        Socket near = connect(proxy);
        Socket far = accepted();
        write(near, "x");
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> near.getInputStream().read())
                .withMessageContaining("reset");
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> far.getInputStream().read())
                .withMessageContaining("reset");
    }

    @Test
    void allBytesArriveWhenTheyAreSlicedAndTheCloseIsSlow() throws IOException {
        Proxy proxy = create("slices");
        Slicer slicer = proxy.toxics().slicer("cut", ToxicDirection.DOWNSTREAM, 10, 100);
        slicer.setSizeVariation(3);
        proxy.toxics().slowClose("late", ToxicDirection.DOWNSTREAM, 100).setToxicity(1);
        Socket near = connect(proxy);
        Socket far = accepted();
        write(far, "y".repeat(200));
        long startNanos = System.nanoTime();
        far.close();
        assertThat(read(near, 1_000)).hasSize(200);
        assertThat((System.nanoTime() - startNanos) / 1_000_000).isGreaterThanOrEqualTo(100);
    }

    @Test
    void upstreamAndListenChangeWhenTheyAreSet() throws IOException {
        Proxy proxy = create("moved");
        Socket old = connect(proxy);
        accepted();
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            proxy.setUpstream("127.0.0.1:" + other.getLocalPort());
            assertThat(old.getInputStream().read()).isEqualTo(-1);
            write(connect(proxy), "new");
            assertThat(read(opened(other.accept()), 3)).isEqualTo("new");
        }
        String before = proxy.getListen();
        proxy.setListen("localhost:0");
        assertThat(proxy.getListen()).isNotEqualTo(before).startsWith("127.0.0.1:");
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET|/version||200|{\"version\":\"2.12.0",
                "GET|/proxies/none||404|{\"error\":\"proxy not found\",\"status\":404}",
                "POST|/proxies|{|400|{\"error\":\"bad request body: unexpected EOF\"",
                "POST|/proxies|{x|400|{\"error\":\"bad request body: not valid JSON, at line 1, column",
                "POST|/proxies|[]|400|{\"error\":\"bad request body:",
                "POST|/proxies|{}|400|{\"error\":\"missing required field: name\",\"status\":400}",
                "POST|/proxies|{\"NAME\":\"x\"}|400|{\"error\":\"missing required field: upstream\"",
                "POST|/proxies|{\"name\":\"x\",\"upstream\":\"y\"}|400|{\"error\":\"bad request body:",
                "POST|/proxies|{\"name\":\"there\",\"upstream\":\"a:1\"}|409|{\"error\":\"proxy already exists",
                "POST|/proxies|{\"name\":\"x\",\"upstream\":\"a:1\",\"listen\":\"192.0.2.1:0\"}|403|{",
                "POST|/proxies|{\"name\":\"x\",\"upstream\":\"127.0.0.1:20001\",\"listen\":\"127.0.0.1:20001\"}|400|{",
                "POST|/populate|[{\"name\":\"x\",\"upstream\":\"a:1\"},{}]|400|{\"error\":\"missing required field: name",
                "POST|/proxies/there/toxics|{\"type\":\"odd\"}|400|{\"error\":\"invalid toxic type\"",
                "POST|/proxies/there/toxics|{\"type\":\"latency\",\"stream\":\"up\"}|400|{\"error\":\"stream was invalid",
                "POST|/proxies/there/toxics|{\"type\":\"bandwidth\",\"attributes\":{\"rate\":-1}}|400|{",
                "GET|/proxies/there/toxics/none||404|{\"error\":\"toxic not found\",\"status\":404}",
                "DELETE|/proxies/there/toxics/none||404|{\"error\":\"toxic not found",
                "POST|/proxies/there/toxics|{\"Type\":\"latency\",\"Attributes\":{\"Latency\":5}}|200|{\"attributes\":{\"latency\":5,\"jitter\":0},\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1.0}",
                "POST|/reset||204|",
                "GET|/api/v1/listeners||404|404"
            })
    void answerIsAsTheContractSaysWhenItIsAsked(
            String method, String path, String body, int status, String start) throws Exception {
        create("there");
        HttpResponse<String> answer = call(method, path, body == null ? "" : body);
        assertThat(answer.body()).startsWith(start == null ? "" : start);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(client.getProxies()).hasSize(1);
    }

    @Test
    void equalProxyIsLeftAloneAndAnotherReplacedWhenPopulated() throws Exception {
        Proxy proxy = create("kept");
        proxy.toxics().latency("lag", ToxicDirection.UPSTREAM, 1);
        String equal =
                "[{\"name\":\"kept\",\"listen\":\"%s\",\"upstream\":\"%s\"},{\"name\":\"new\",\"upstream\":\"a:1\",\"toxics\":[{\"type\":\"stall\"}]}]"
                        .formatted(proxy.getListen(), proxy.getUpstream());
        HttpResponse<String> answer = call("POST", "/populate", equal);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"lag\"", "\"stall_downstream\"");
        call("POST", "/populate", equal.replace("127.0.0.1:" + upstream.getLocalPort(), "b:2"));
        assertThat(client.getProxy("kept").getUpstream()).isEqualTo("b:2");
        assertThat(client.getProxy("kept").toxics().getAll()).isEmpty();
        assertThat(call("GET", "/metrics", "").body())
                .contains("toxiproxy_proxy_received_bytes_total{direction=\"upstream\"");
    }

    @Test
    void proxyOutlivesARestartWhenItIsToPersist() {
        Body body =
                Body.object(Body.read("{\"name\":\"kept\",\"upstream\":\"a:1\"}".getBytes(UTF_8)));
        new Proxies(listeners, true).create(body);
        assertThat(listeners.get(ProxyNames.listener("kept")).orElseThrow().definition().spec())
                .satisfies(spec -> assertThat(spec.isTransient()).isFalse());
    }

    @Test
    void proxiesOfAFileAreOpenWithTheirToxicsWhenItIsLoaded(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("toxiproxy.json");
        Files.writeString(
                file,
                """
                [{"name": "web", "listen": "127.0.0.1:0", "upstream": "a:1", "enabled": true,
                  "toxics": [{"type": "latency", "attributes": {"latency": 5}}]}]""");
        server.load(file);
        assertThat(client.getProxy("web").toxics().get("latency_downstream", Latency.class))
                .satisfies(each -> assertThat(each.getLatency()).isEqualTo(5));
        Files.writeString(file, "[{\"name\": \"bad\"}]");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> server.load(file))
                .withMessageContaining("sonde.toxiproxy.file")
                .withMessageContaining("upstream");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> server.load(folder.resolve("none")))
                .withMessageContaining("sonde.toxiproxy.file");
    }

    @Test
    void documentedSettingsAllowThePortsOfTestcontainers() throws IOException {
        String page = Files.readString(Path.of("docs/guide/proxies.md"));
        String block = page.split("```properties\n", 2)[1].split("```", 2)[0];
        Properties settings = new Properties();
        settings.load(new StringReader(block));
        int port = Integer.parseInt(settings.getProperty("sonde.toxiproxy.port"));
        BindPolicy policy =
                new BindPolicy(
                        List.of(settings.getProperty("sonde.policy.binds.allow").split(",")),
                        () -> Set.of(port));
        InetAddress anyIpv4 = InetAddress.ofLiteral("0.0.0.0");
        for (int each = 8_666; each < 8_666 + 32; each++) {
            assertThat(policy.decide(anyIpv4, each).isAllowed()).isTrue();
        }
        assertThat(policy.decide(anyIpv4, port).isAllowed()).isFalse();
    }

    /// The npm registry has to be reachable.
    @Test
    @EnabledIfSystemProperty(
            named = "test.node",
            matches = "true",
            disabledReason = "-Dtest.node=true installs Toxiproxy's Node client with npm")
    void nodeClientDrivesAllCallsWhenItIsInstalled(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("test.js"),
                """
                const { Toxiproxy } = require('toxiproxy-node-client');
                (async () => {
                  const client = new Toxiproxy('http://127.0.0.1:' + process.argv[2]);
                  const proxy = await client.createProxy(
                    { name: 'node', listen: '127.0.0.1:0', upstream: '127.0.0.1:1' });
                  for (const [type, attributes] of Object.entries({
                      latency: { latency: 1, jitter: 1 }, bandwidth: { rate: 5 },
                      slow_close: { delay: 1 }, timeout: { timeout: 1 },
                      slicer: { average_size: 2, size_variation: 1, delay: 1 },
                      limit_data: { bytes: 1 }, reset_peer: { timeout: 1 } })) {
                    await proxy.addToxic(
                      { name: type, type, stream: 'downstream', toxicity: 1, attributes });
                  }
                  const lag = await proxy.getToxic('latency');
                  if (lag.attributes.jitter !== 1) throw new Error('toxic');
                  const all = await client.getAll();
                  if (!all.node) throw new Error('list');
                  await client.reset();
                  await client.populate(
                    [{ name: 'other', listen: '127.0.0.1:0', upstream: '127.0.0.1:1' }]);
                  await (await client.get('node')).remove();
                  console.log('done ' + await client.getVersion());
                })().catch(e => { console.error(e); process.exit(1); });
                """);
        run(folder, "npm", "install", "--no-audit", "--no-fund", "toxiproxy-node-client");
        assertThat(run(folder, "node", "test.js", Integer.toString(port()))).contains("done");
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void browserIsRefusedWhenItAsks() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/proxies"))
                        .header("User-Agent", "Mozilla/5.0")
                        .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    private Socket half(String request) throws IOException {
        Socket half = opened(new Socket(InetAddress.getLoopbackAddress(), port()));
        write(half, request);
        return half;
    }

    @Test
    void largeBodiesAreBoundedWhenTheyStayHalf() throws IOException {
        String header =
                "POST /proxies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n";
        for (int i = 0; i < 8; i++) {
            half(header + " ".repeat(20_000));
        }
        String whole = header + " ".repeat(90_000);
        await().until(() -> read(half(whole), 12).equals("HTTP/1.1 503"));
    }

    @Test
    void portHasLimitsOfConnectionsHeadersAndTime() {
        assertThat(System.getProperty("jdk.httpserver.maxConnections")).isEqualTo("200");
        assertThat(System.getProperty("sun.net.httpserver.maxReqHeaderSize")).isEqualTo("16384");
        assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("20");
    }

    @Test
    void startErrorNamesThePropertyWhenThePortIsInUse() {
        InetSocketAddress used = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> server.start(used))
                .withMessageContaining("sonde.toxiproxy.port");
    }
}
