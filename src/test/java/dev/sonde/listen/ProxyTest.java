package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.timeline.ConnectionDrawing;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A proxy between real sockets.
@SuppressWarnings("NullAway") // a null fails the test
class ProxyTest {

    private static final int ROUNDS = 20;

    private final ListenerLab lab = new ListenerLab();
    private ServerSocket server;
    private Target target;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        target = new Target("127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
        server.close();
    }

    /// Every name is that of this host.
    private static final NameLookup LOOPBACK =
            (_, whenDone) ->
                    whenDone.accept(
                            new NameLookup.Answer.Found(List.of(InetAddress.getLoopbackAddress())));

    private InetSocketAddress open(Fault... faults) {
        return lab.open(proxy(UpstreamFailure.CLOSE, faults));
    }

    private Behaviour.Proxy proxy(UpstreamFailure onFailure, Fault... faults) {
        return new Behaviour.Proxy(target, List.of(faults), onFailure, null);
    }

    private void change(Fault... faults) {
        lab.listeners.replace(ListenerLab.spec(proxy(UpstreamFailure.CLOSE, faults)), _ -> {});
    }

    private static Fault toClient(FaultEffect effect) {
        return new Fault("f", FaultDirection.TO_CLIENT, 1, effect);
    }

    private static Fault toUpstream(FaultEffect effect) {
        return new Fault("f", FaultDirection.TO_UPSTREAM, 1, effect);
    }

    /// Both ends of a connection through the proxy.
    private record Joined(Socket client, Socket upstream) {}

    private Joined join(InetSocketAddress address) throws IOException {
        Socket client = lab.connect(address);
        Socket upstream = server.accept();
        upstream.setSoTimeout(10_000);
        return new Joined(client, upstream);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    @Test
    void bytesAndEndsOfBothSidesArriveWhenThereIsNoFault() throws Exception {
        Joined joined = join(open());
        write(joined.client, "question");
        joined.client.shutdownOutput();
        assertThat(read(joined.upstream, 100)).isEqualTo("question");
        write(joined.upstream, "answer");
        joined.upstream.close();
        assertThat(read(joined.client, 100)).isEqualTo("answer");
        ConnectionView seen = lab.ended();
        assertThat(seen.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(seen.upstream().in().bytes()).isEqualTo(6);
        assertThat(seen.upstream().out().bytes()).isEqualTo(8);
        assertThat(seen.recordedBytes()).asString().isEqualTo("question");
    }

    @Test
    void slowReaderSlowsItsWriterAndLosesNothingWhenMuchIsSent() throws Exception {
        Joined joined = join(open());
        byte[] sent = new byte[20_000_000];
        new Random(1).nextBytes(sent);
        CompletableFuture<Void> writing = writing(joined.upstream, sent);
        for (int i = 0; i < 10; i++) {
            assertThat(joined.client.getInputStream().readNBytes(1_000))
                    .isEqualTo(Arrays.copyOfRange(sent, i * 1_000, (i + 1) * 1_000));
        }
        assertThat(writing).isNotDone();
        assertThat(joined.client.getInputStream().readAllBytes())
                .isEqualTo(Arrays.copyOfRange(sent, 10_000, sent.length));
        writing.join();
    }

    @Test
    void restArrivesWithoutAnotherByteWhenTheReaderHadNoRoomForIt() throws Exception {
        InetSocketAddress address = open();
        Socket client = lab.connectWithSmallBuffer(address);
        Socket upstream = server.accept();
        long sent = 0;
        while (true) {
            upstream.getOutputStream().write(new byte[10_000]);
            sent += 10_000;
            long received = sent;
            await().until(() -> only().upstream().in().bytes() == received);
            if (only().out().bytes() < sent) {
                break;
            }
        }
        assertThat(client.getInputStream().readNBytes((int) sent)).hasSize((int) sent);
    }

    private ConnectionView only() {
        return lab.listeners.connections("a").orElseThrow().getFirst();
    }

    private static CompletableFuture<Void> writing(Socket to, byte[] sent) {
        return CompletableFuture.runAsync(
                () -> {
                    try (OutputStream out = to.getOutputStream()) {
                        out.write(sent);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void resetIsPassedOnAsResetWhenEitherSideResets() throws Exception {
        InetSocketAddress address = open();
        Joined first = join(address);
        ListenerLab.reset(first.client);
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> first.upstream.getInputStream().read())
                .withMessageContaining("reset");
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.PEER_RST);
        Joined second = join(address);
        ListenerLab.reset(second.upstream);
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> second.client.getInputStream().read())
                .withMessageContaining("reset");
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.UPSTREAM_RST);
    }

    @Test
    void answerArrivesBeforeTheResetWhenTheUpstreamClosesWithUnreadBytes() throws Exception {
        Joined joined = join(open());
        write(joined.client, "unread");
        assertThat(joined.upstream.getInputStream().read()).isEqualTo('u');
        write(joined.upstream, "answer");
        joined.upstream.close();
        assertThat(read(joined.client, 6)).isEqualTo("answer");
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.UPSTREAM_RST);
    }

    @Test
    void bytesWaitAndGoOnWhenTheRateIsZeroAndTheFaultIsRemoved() throws Exception {
        Joined joined = join(open(toUpstream(new FaultEffect.Bandwidth(0, false))));
        write(joined.client, "waits");
        write(joined.upstream, "passes");
        assertThat(read(joined.client, 6)).isEqualTo("passes");
        joined.upstream.setSoTimeout(50);
        assertThatExceptionOfType(java.net.SocketTimeoutException.class)
                .isThrownBy(() -> joined.upstream.getInputStream().read());
        joined.upstream.setSoTimeout(10_000);
        change();
        assertThat(read(joined.upstream, 5)).isEqualTo("waits");
    }

    @Test
    void exactlyTheLimitArrivesAndBothSidesAreClosedWhenItIsReached() throws Exception {
        Joined joined = join(open(toClient(new FaultEffect.Limit(10))));
        write(joined.upstream, "0123456789abc");
        assertThat(read(joined.client, 100)).isEqualTo("0123456789");
        assertThat(joined.upstream.getInputStream().read()).isEqualTo(-1);
        joined.client.close();
        joined.upstream.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.FAULT_FIN);
    }

    @Test
    void bothSidesMeetAResetWhenBytesComeToTheFault() throws Exception {
        Joined joined = join(open(toUpstream(new FaultEffect.Reset(Duration.ZERO))));
        write(joined.client, "x");
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> joined.client.getInputStream().read());
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> joined.upstream.getInputStream().read());
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.FAULT_RST);
    }

    @Test
    void connectionIsSilentAndThenClosedWhenABlackHoleSwallowsIt() throws Exception {
        Joined joined = join(open(toClient(new FaultEffect.Blackhole(Duration.ofMillis(100)))));
        long startNanos = System.nanoTime();
        write(joined.upstream, "never seen");
        assertThat(joined.client.getInputStream().read()).isEqualTo(-1);
        assertThat(System.nanoTime() - startNanos).isGreaterThan(90_000_000);
    }

    @Test
    void sizesOfSlicesAreAsToldWhenTheBytesAreMany() throws Exception {
        Joined joined = join(open(toClient(new FaultEffect.Slicer(100, 20, Duration.ofMillis(5)))));
        write(joined.upstream, "x".repeat(500));
        byte[] buffer = new byte[1_000];
        int first = joined.client.getInputStream().read(buffer);
        assertThat(first).isBetween(80, 120);
        assertThat(read(joined.client, 500 - first)).hasSize(500 - first);
    }

    @Test
    void latencyIsCountedFromTheReadWhenBytesPass() throws Exception {
        Joined joined =
                join(
                        open(
                                toClient(
                                        new FaultEffect.Latency(
                                                Duration.ofMillis(100), Duration.ZERO))));
        long median = medianMicros(joined);
        // A busy machine only adds to it: one round within the bound is the proof.
        for (int round = 1; round < ROUNDS && median > 103_000; round++) {
            median = medianMicros(joined);
        }
        assertThat(median).isBetween(100_000L, 103_000L);
    }

    private static long medianMicros(Joined joined) throws IOException {
        long[] took = new long[5];
        for (int i = 0; i < took.length; i++) {
            long startNanos = System.nanoTime();
            write(joined.upstream, "x");
            assertThat(joined.client.getInputStream().read()).isEqualTo('x');
            took[i] = (System.nanoTime() - startNanos) / 1_000;
        }
        Arrays.sort(took);
        assertThat(took[0]).isGreaterThanOrEqualTo(100_000);
        return took[2];
    }

    @Test
    void clientIsTreatedAsToldWhenTheUpstreamIsDead() throws Exception {
        server.close();
        assertThat(lab.connect(lab.open(proxy(UpstreamFailure.CLOSE))).getInputStream().read())
                .isEqualTo(-1);
        ConnectionView seen = lab.ended();
        assertThat(seen.end()).isEqualTo(ConnectionEnd.UPSTREAM_FAILED);
        assertThat(seen.upstream().failure()).isEqualTo("refused");
        lab.listeners.replace(ListenerLab.spec(proxy(UpstreamFailure.RESET)), _ -> {});
        assertThat(lab.isReset(lab.status().address())).isTrue();
    }

    @Test
    void nobodyElseWaitsWhenAnUpstreamsNameIsLookedUp() throws Exception {
        InetSocketAddress address = open();
        lab.names = (_, _) -> {};
        ListenerSpec slow =
                ListenerSpec.of(
                        "slow",
                        ListenerLab.ANY_PORT,
                        new Behaviour.Proxy(
                                new Target("slow.example", 1),
                                List.of(),
                                UpstreamFailure.CLOSE,
                                null));
        lab.connect(lab.listeners.create(slow).address());
        Joined joined = join(address);
        write(joined.client, "x");
        assertThat(read(joined.upstream, 1)).isEqualTo("x");
    }

    @Test
    void portRefusesAndComesBackWhenTheProxyIsDisabledAndEnabled() throws Exception {
        InetSocketAddress address = open();
        Joined joined = join(address);
        Behaviour.Proxy proxy = proxy(UpstreamFailure.CLOSE);
        lab.listeners.replace(ListenerLab.spec(proxy.withEnabled(false)), _ -> {});
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> joined.client.getInputStream().read());
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> lab.connect(address));
        lab.listeners.replace(ListenerLab.spec(proxy), _ -> {});
        Joined again = join(address);
        write(again.client, "x");
        assertThat(read(again.upstream, 1)).isEqualTo("x");
    }

    @Test
    void newcomersAreRefusedUntilTheUpstreamIsBackWhenToldSo() throws Exception {
        InetSocketAddress address = lab.open(proxy(UpstreamFailure.REFUSE));
        server.close();
        assertThat(lab.isReset(address)).isTrue();
        await().until(() -> isRefused(address));
        server = new ServerSocket(target.port(), 50, InetAddress.getLoopbackAddress());
        await().until(() -> !isRefused(address));
    }

    private boolean isRefused(InetSocketAddress address) throws IOException {
        try {
            lab.connect(address);
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    @Test
    void portIsReservedWhenTheBehaviourIsToRefuse() throws IOException {
        InetSocketAddress address = lab.open(new Behaviour.Refuse());
        assertThat(isRefused(address)).isTrue();
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> new ServerSocket(address.getPort(), 1, address.getAddress()));
    }

    @Test
    void loopIsRefusedWhenTwoProxiesLeadToEachOther() throws Exception {
        InetSocketAddress first = open();
        ListenerSpec second =
                ListenerSpec.of(
                        "b",
                        ListenerLab.ANY_PORT,
                        new Behaviour.Proxy(
                                new Target("127.0.0.1", first.getPort()),
                                List.of(),
                                UpstreamFailure.RESET,
                                null));
        InetSocketAddress back = lab.listeners.create(second).address();
        target = new Target("127.0.0.1", back.getPort());
        assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(this::change);
        lab.names = LOOPBACK;
        target = new Target("back.example", back.getPort());
        change();
        assertThat(lab.connect(first).getInputStream().read()).isEqualTo(-1);
        assertThat(lab.ended().upstream().failure()).isEqualTo("loop");
    }

    @Test
    void openConnectionsMeetTheEndAndThePortStaysWhenSomebodyEndsThem() throws Exception {
        InetSocketAddress address = open();
        Joined first = join(address);
        assertThat(lab.listeners.endConnections("a", null, CloseMode.RST)).contains(1);
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> first.client.getInputStream().read());
        Joined second = join(address);
        assertThat(lab.listeners.endConnections("a", null, CloseMode.FIN)).contains(1);
        assertThat(second.client.getInputStream().read()).isEqualTo(-1);
        assertThat(second.upstream.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void definitionIsRefusedWhenThePolicyDeniesTheAddressOfItsUpstream() {
        target = new Target("127.0.0.66", 5_432);
        assertThatExceptionOfType(ListenerException.class)
                .isThrownBy(this::open)
                .satisfies(
                        e -> assertThat(e.problem()).isEqualTo(ListenerProblem.DENIED_BY_POLICY));
    }

    @Test
    void clientWaitsAndHearsNothingWhenTheUpstreamIsDeadAndItIsHeld() throws Exception {
        server.close();
        Socket held = lab.connect(lab.open(proxy(UpstreamFailure.HOLD)));
        write(held, "anybody?");
        held.setSoTimeout(50);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> held.getInputStream().read());
        held.close();
        assertThat(lab.ended().upstream().failure()).isEqualTo("refused");
    }

    @Test
    void senderMeetsAFullWindowAndLosesNothingWhenADirectionStalls() throws Exception {
        Joined joined = join(open(toUpstream(new FaultEffect.Stall())));
        byte[] sent = new byte[10_000_000];
        CompletableFuture<Void> writing = writing(joined.client, sent);
        joined.upstream.setSoTimeout(50);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> joined.upstream.getInputStream().read());
        assertThat(writing).isNotDone();
        joined.upstream.setSoTimeout(10_000);
        change();
        assertThat(joined.upstream.getInputStream().readAllBytes()).hasSize(sent.length);
        writing.join();
    }

    @Test
    void connectionsHaveTheRateTogetherWhenItIsShared() throws Exception {
        InetSocketAddress address = open(toClient(new FaultEffect.Bandwidth(100_000, true)));
        Joined first = join(address);
        Joined second = join(address);
        long startNanos = System.nanoTime();
        write(first.upstream, "a".repeat(30_000));
        write(second.upstream, "b".repeat(30_000));
        assertThat(read(first.client, 30_000)).hasSize(30_000);
        assertThat(read(second.client, 30_000)).hasSize(30_000);
        // Each alone would take 300 ms.
        assertThat((System.nanoTime() - startNanos) / 1_000_000).isGreaterThanOrEqualTo(450);
    }

    @Test
    void faultActsOnAShareOfConnectionsWhenItHasAProbability() throws Exception {
        InetSocketAddress address =
                open(new Fault("f", FaultDirection.TO_CLIENT, 0.5, new FaultEffect.Limit(0)));
        int passed = 0;
        for (int i = 0; i < 60; i++) {
            Joined joined = join(address);
            write(joined.upstream, "x");
            passed += read(joined.client, 1).length();
            joined.client.close();
            joined.upstream.close();
        }
        // A fair coin misses this once in 10^17.
        assertThat(passed).isBetween(1, 59);
    }

    @Test
    void connectWaitsForThePaceOfTheServiceOrIsRefusedByIt() throws Exception {
        lab.paceNanos = 20_000_000;
        Joined late = join(open());
        late.upstream.close();
        assertThat(late.client.getInputStream().read()).isEqualTo(-1);
        late.client.close();
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.UPSTREAM_FIN);
        lab.paceNanos = ConnectPace.REFUSED;
        Socket refused = lab.connect(lab.status().address());
        assertThat(refused.getInputStream().read()).isEqualTo(-1);
        assertThat(lab.ended().upstream().failure()).isEqualTo("overloaded");
    }

    @Test
    void drawingShowsThreePartiesAndTheEndWhenTheUpstreamCloses() throws Exception {
        Joined joined = join(open());
        write(joined.client, "question");
        read(joined.upstream, 8);
        joined.upstream.close();
        assertThat(joined.client.getInputStream().read()).isEqualTo(-1);
        joined.client.close();
        ConnectionView seen = lab.ended();
        assertThat(seen.end().endedBy()).isEqualTo(ConnectionEnd.Party.UPSTREAM);
        assertThat(ConnectionDrawing.of("a", seen, 1_030))
                .contains(">client<", ">sonde<", ">upstream<", "ended by upstream (upstream fin)")
                .contains(">connect()<", ">first byte<", ">FIN<", "127.0.0.1:" + target.port());
    }

    @Test
    void onlyListenersWithTheLabelsAreClosedWhenManyAreDeleted() {
        lab.open(ListenerLab.spec(proxy(UpstreamFailure.CLOSE)).withLabels(Map.of("run", "42")));
        assertThat(lab.listeners.deleteAll(Map.of("run", "41"))).isZero();
        assertThat(lab.listeners.deleteAll(Map.of("run", "42"))).isOne();
        assertThat(lab.listeners.all()).isEmpty();
    }
}
