package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.lab.OwnThread;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every behaviour inside TLS, as a client of the JDK meets it.
class TlsBehaviourTest {

    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);

    private final TlsLab lab = new TlsLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bytesComeBackWhenTheListenerEchoes(String version) throws Exception {
        SSLSocket client = lab.connect(lab.open(ECHO));
        client.setEnabledProtocols(new String[] {version});
        assertThat(talk(client, "hello")).isEqualTo("hello");
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).version()).isEqualTo(version);
        assertThat(ended.recordedBytes()).isEqualTo("hello".getBytes(US_ASCII));
        assertThat(ended.in().bytes()).isEqualTo(5);
        assertThat(ended.out().bytes()).isEqualTo(5);
        assertThat(events(ended))
                .containsSubsequence("accepted", "tls_established", "first_byte_in");
    }

    /// More than all buffers on the way hold, and nobody reads before everything is written.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void everythingComesBackWhenItIsMoreThanAllBuffersHold(String version) throws Exception {
        SSLSocket client = lab.connect(lab.open(ECHO));
        client.setEnabledProtocols(new String[] {version});
        byte[] sent = new byte[12 << 20];
        new Random(7).nextBytes(sent);
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                client.getOutputStream().write(sent);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        OwnThread.OF_EACH);
        await().until(() -> lab.lab.status().connections().bytesIn() > 0);
        assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        writer.join();
        assertThat(lab.lab.status().connections().bytesOut()).isEqualTo(sent.length);
    }

    /// Two records that come together: the second wakes nobody.
    @Test
    void everyPieceComesBackWhenEachIsHeldForAWhile() throws Exception {
        SSLSocket client = lab.connect(lab.open(new Behaviour.Echo(Duration.ofMillis(20))));
        for (int i = 0; i < 20; i++) {
            client.getOutputStream().write(i);
        }
        assertThat(client.getInputStream().readNBytes(20)).hasSize(20).endsWith(19);
    }

    @Test
    void endIsAnOrderlyOneWhenTheListenerCloses() throws Exception {
        SSLSocket client = lab.connect(lab.open(new Behaviour.Close(Duration.ZERO)));
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
        assertThat(events(ended)).containsSubsequence("tls_established", "close_fin");
    }

    @Test
    void clientMeetsResetWhenTheListenerResets() throws Exception {
        SSLSocket client = lab.connect(lab.open(new Behaviour.Reset(Duration.ofMillis(10))));
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_RST);
    }

    @Test
    void everythingIsReadWhenTheListenerDiscards() throws Exception {
        SSLSocket client = lab.connect(lab.open(new Behaviour.Discard()));
        client.getOutputStream().write(new byte[1 << 20]);
        client.close();
        assertThat(lab.ended().in().bytes()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsReadWhenTheListenerHoldsOrStalls(boolean holds) throws Exception {
        Behaviour silent = holds ? new Behaviour.Hold() : new Behaviour.Stall();
        SSLSocket client = lab.connect(lab.open(silent));
        client.startHandshake();
        client.getOutputStream().write(new byte[100]);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(ended.in().bytes()).isZero();
        assertThat(Objects.requireNonNull(ended.handshake()).failure()).isNull();
    }

    @Test
    void bannerAndEndComeWhenTheListenerGreets() throws Exception {
        Payload banner = Payload.text("220 ready\r\n");
        SSLSocket client = lab.connect(lab.open(new Behaviour.Banner(banner, true)));
        assertThat(client.getInputStream().readAllBytes())
                .isEqualTo("220 ready\r\n".getBytes(US_ASCII));
    }

    @Test
    void scriptIsFollowedWhenTheListenerHasOne() throws Exception {
        Behaviour dialogue =
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.expect("^PING"),
                                DialogueStep.send("+PONG"),
                                DialogueStep.close(DialogueStep.Close.FIN)));
        SSLSocket client = lab.connect(lab.open(dialogue));
        client.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
        assertThat(client.getInputStream().readAllBytes()).isEqualTo("+PONG".getBytes(US_ASCII));
    }

    @Test
    void everyByteComesWhenTheListenerStreams() throws Exception {
        Behaviour stream = new Behaviour.Stream(8L << 20, 60_000, Duration.ZERO);
        SSLSocket client = lab.connect(lab.open(stream));
        assertThat(client.getInputStream().readAllBytes()).hasSize(8 << 20);
        ConnectionView ended = lab.ended();
        assertThat(ended.out().bytes()).isEqualTo(8 << 20);
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
    }

    @Test
    void everyByteComesByItselfWhenTheListenerDribbles() throws Exception {
        Behaviour dribble = new Behaviour.Stream(5L, 1, Duration.ofMillis(10));
        SSLSocket client = lab.connect(lab.open(dribble));
        client.startHandshake();
        byte[] some = new byte[5];
        for (int i = 0; i < some.length; i++) {
            assertThat(client.getInputStream().read(some)).isOne();
        }
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.OUR_FIN);
    }

    @Test
    void endIsTheLimitsWhenMoreBytesComeThanMay() throws Exception {
        InetSocketAddress address =
                lab.lab.open(
                        ListenerLab.spec(ECHO)
                                .withTls(TlsLab.SERVER)
                                .withLimits(new Limits(9, null, null, 5L)));
        SSLSocket client = lab.connect(address);
        client.getOutputStream().write(new byte[6]);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.BYTE_LIMIT);
    }

    @Test
    void connectionIsIdleFromItsHandshakeOnWhenNothingPasses() throws Exception {
        Duration idle = Duration.ofSeconds(1);
        InetSocketAddress address =
                lab.lab.open(
                        ListenerLab.spec(ECHO)
                                .withTls(TlsLab.SERVER)
                                .withLimits(new Limits(9, idle, null, null)));
        SSLSocket client = lab.connect(address);
        client.startHandshake();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.IDLE);
        assertThat(at(ended, "close_fin") - at(ended, "tls_established"))
                .isGreaterThanOrEqualTo(idle.toNanos() / 1_000);
    }

    static String talk(SSLSocket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
        return new String(client.getInputStream().readNBytes(text.length()), US_ASCII);
    }

    static List<String> events(ConnectionView view) {
        return view.timeline().stream().map(event -> event.kind().label()).toList();
    }

    private static long at(ConnectionView view, String event) {
        return view.timeline().stream()
                .filter(each -> each.kind().label().equals(event))
                .findFirst()
                .orElseThrow()
                .atMicros();
    }
}
